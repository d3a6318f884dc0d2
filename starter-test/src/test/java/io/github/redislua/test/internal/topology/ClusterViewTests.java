package io.github.redislua.test.internal.topology;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.redislua.test.LocalRedisException;
import io.github.redislua.test.NoProcessLeft;
import io.github.redislua.test.internal.server.Server;
import io.github.redislua.test.internal.server.ServerOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(NoProcessLeft.class)
class ClusterViewTests {

	@ParameterizedTest
	@ValueSource(strings = { "1", "3" })
	void ofTwoNodesThatClaimASlotTheOneWithTheLaterConfigurationHasIt(String epoch) {
		try (Server first = node(epoch, "7"); Server second = node("2", "7", "8")) {
			ClusterView view = new ClusterView(List.of(first, second));
			Server owner = (epoch.equals("3")) ? first : second;
			assertThat(view.ownerOf(7)).isSameAs(owner);
			assertThat(view.ownerOf(8)).isSameAs(second);
			assertThat(view.ownerOf(9)).isNull();
			assertThat(view.masters()).contains(owner, second);
			assertThat(view.masters().contains(first)).isEqualTo(owner == first);
		}
	}

	@Test
	void nodesThatDoNotRunAreNotAsked() {
		try (Server running = node("1", "7"); Server killed = node("2", "8"); Server paused = node("3")) {
			killed.kill();
			paused.pause();
			ClusterView view = new ClusterView(List.of(killed, paused, running));
			assertThat(view.masters()).containsExactly(running);
			assertThatExceptionOfType(LocalRedisException.class).isThrownBy(() -> view.idOf(killed))
				.withMessageContaining("not a running node");
		}
	}

	private static Server node(String epoch, String... slots) {
		Server node = new ServerOptions().option("cluster-enabled", "yes").start();
		node.execute("CLUSTER", "SET-CONFIG-EPOCH", epoch);
		for (String slot : slots) {
			node.execute("CLUSTER", "ADDSLOTS", slot);
		}
		return node;
	}

}
