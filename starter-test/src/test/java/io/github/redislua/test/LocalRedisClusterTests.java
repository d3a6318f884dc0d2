package io.github.redislua.test;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.redislua.test.internal.binary.RedisVersion;
import io.github.redislua.test.internal.server.Info;
import io.github.redislua.test.internal.server.Polling;
import io.github.redislua.test.internal.server.RespClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ExtendWith(NoProcessLeft.class)
class LocalRedisClusterTests {

	@Test
	@Timeout(60)
	void everyNodeKnowsAllOthersAndFollowsTheirChanges() {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 1)) {
			assertThat(cluster.getNodes()).hasSize(6).allSatisfy((node) -> {
				assertThat(Info.get(node.server(), "cluster_state", "CLUSTER", "INFO")).isEqualTo("ok");
				assertThat(Info.get(node.server(), "cluster_known_nodes", "CLUSTER", "INFO")).isEqualTo("6");
				assertThat(node.getPort()).isLessThan(55_536);
			});
			assertThat(cluster.getMasters()).containsExactlyElementsOf(cluster.getNodes().subList(0, 3));
			assertThat(cluster.getMasters()).allSatisfy((master) -> {
				assertThat(cluster.getReplicasOf(master)).hasSize(1)
					.allSatisfy(
							(replica) -> assertThat(Info.get(replica.server(), "master_port", "INFO", "replication"))
								.isEqualTo(Integer.toString(master.getPort())));
				assertThat(Info.get(master.server(), "connected_slaves", "INFO", "replication")).isEqualTo("1");
			});
			assertThat(cluster.getSeedNodes()).hasSize(6).contains("127.0.0.1:" + cluster.getNodes().get(0).getPort());
			everyKeyIsAtHome(cluster);
			slotsAndTheirKeysMove(cluster);
			aReplicaTakesOver(cluster);
		}
	}

	private void everyKeyIsAtHome(LocalRedisCluster cluster) {
		for (String key : List.of("foo", "a{user}b", "{}x", "{", "ключ", "123456789")) {
			LocalRedis master = cluster.masterOf(key);
			assertThat(master.execute("CLUSTER", "KEYSLOT", key)).isEqualTo((long) cluster.slotOf(key));
			assertThat(master.execute("SET", key, "1")).isEqualTo("OK");
		}
	}

	private void slotsAndTheirKeysMove(LocalRedisCluster cluster) {
		int slot = cluster.slotOf("{move}");
		LocalRedis from = cluster.masterOf("{move}");
		LocalRedis to = cluster.getMasters()
			.stream()
			.filter((master) -> !master.equals(from))
			.findFirst()
			.orElseThrow();
		IntStream.range(0, 250).forEach((i) -> from.execute("SET", "{move}" + i, "v" + i));
		from.execute(bytes("SET"), concat(bytes("{move}"), new byte[] { (byte) 0xff, 0 }), bytes("binary"));
		cluster.moveSlot(slot, from, to);
		assertThat(cluster.masterOf("{move}")).isEqualTo(to);
		assertThat(to.execute("CLUSTER", "COUNTKEYSINSLOT", Integer.toString(slot))).isEqualTo(251L);
		assertThat(to.execute("GET", "{move}249")).isEqualTo("v249");
		assertThatExceptionOfType(LocalRedisException.class).isThrownBy(() -> from.execute("GET", "{move}1"))
			.withMessage("MOVED %s 127.0.0.1:%s", slot, to.getPort());
	}

	private void aReplicaTakesOver(LocalRedisCluster cluster) {
		LocalRedis master = cluster.masterOf("failover");
		LocalRedis replica = cluster.getReplicasOf(master).get(0);
		master.kill();
		Polling.await(Duration.ofSeconds(20), "failover",
				() -> (cluster.getMasters().contains(replica)) ? null : "no new master");
		cluster.awaitReady(Duration.ofSeconds(20));
		assertThat(cluster.masterOf("failover")).isEqualTo(replica);
		assertThat(replica.execute("SET", "failover", "1")).isEqualTo("OK");
		master.restart();
		Polling.await(Duration.ofSeconds(20), "old master is a replica",
				() -> (cluster.getReplicasOf(replica).contains(master)) ? null : "not yet");
		cluster.awaitReady(Duration.ofSeconds(20));
		assertThat(cluster.getMasters()).hasSize(3).contains(replica).doesNotContain(master);
	}

	@Test
	@Timeout(60)
	void slotsThatMoveHaveAnOwnerHoweverLateTheNodesHearOfEachOther() throws Exception {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(3, 0)) {
			List<LocalRedis> nodes = cluster.getNodes();
			AtomicBoolean stop = new AtomicBoolean();
			CompletableFuture<Void> delays = CompletableFuture.runAsync(() -> {
				for (int i = 0; !stop.get(); i++) {
					signal("-STOP", nodes.get(i % nodes.size()));
					Polling.sleep(i * 7 % 30);
					signal("-CONT", nodes.get(i % nodes.size()));
					Polling.sleep(i * 11 % 40);
				}
			});
			try {
				// A busy machine takes its time for each.
				long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
				for (int i = 0; i < 400 && System.nanoTime() < end; i++) {
					String key = "key" + i * 17 % 48;
					LocalRedis from = cluster.masterOf(key);
					LocalRedis to = nodes.get((nodes.indexOf(from) + 1 + i % 2) % nodes.size());
					cluster.moveSlot(cluster.slotOf(key), from, to);
					assertThat(cluster.masterOf(key)).isEqualTo(to);
				}
			}
			finally {
				stop.set(true);
				delays.get(30, TimeUnit.SECONDS);
			}
		}
	}

	private static void signal(String signal, LocalRedis node) {
		try {
			// A shell has it built in; not every container has the program.
			new ProcessBuilder("/bin/sh", "-c", "kill " + signal + " " + node.getPid()).start().waitFor();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	@Timeout(60)
	void worksWithAPassword() {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(2, 1,
				LocalRedis.builder().option("requirepass", "secret"))) {
			assertThat(cluster.getMasters()).hasSize(2);
			LocalRedis master = cluster.masterOf("key");
			master.execute("SET", "key", "value");
			LocalRedis other = cluster.getMasters()
				.stream()
				.filter((node) -> !node.equals(master))
				.findAny()
				.orElseThrow();
			cluster.moveSlot(cluster.slotOf("key"), master, other);
			assertThat(other.execute("GET", "key")).isEqualTo("value");
		}
	}

	@Test
	@Timeout(60)
	void oneNodeIsEnough() {
		try (LocalRedisCluster cluster = LocalRedisCluster.start(1, 0, LocalRedis.builder().minimumVersion("7.4"))) {
			assertThat(cluster.masterOf("key").execute("SET", "key", "value")).isEqualTo("OK");
			assertThat(new RedisVersion(cluster.getNodes().get(0).getVersion()))
				.isGreaterThanOrEqualTo(new RedisVersion("7.4"));
		}
	}

	@Test
	void impossibleClustersAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> LocalRedisCluster.start(0, 1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LocalRedisCluster.start(3, 0, LocalRedis.builder().port(7000)));
	}

	private static byte[] bytes(String text) {
		return RespClient.encode(text)[0];
	}

	private static byte[] concat(byte[] first, byte[] second) {
		byte[] result = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, result, first.length, second.length);
		return result;
	}

}
