package io.github.redislua.internal.execute.lettuce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.ConnectionIntent;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.redislua.internal.execute.call.CallFailure;
import io.github.redislua.internal.execute.call.PreloadTarget;
import io.github.redislua.internal.execute.call.Redirection;
import io.github.redislua.internal.execute.call.ScriptCall;
import io.github.redislua.internal.execute.call.ScriptNode;
import io.github.redislua.internal.execute.call.ScriptTransport;
import io.github.redislua.internal.execute.call.Slots;

/**
 * A Redis Cluster through Lettuce. Lettuce knows which node has which slot and keeps a
 * connection to each; calls are sent on these directly, so that it is known who answers.
 * Only read-only calls that may go to a replica are left to its own routing.
 */
public final class LettuceClusterTransport implements ScriptTransport {

	private final LettuceConnectionFactory factory;

	private final LettuceAccess access;

	private final boolean spreadsReads;

	private final LettuceTopology topology;

	private final LettuceFailures failures;

	private final Map<String, LettuceClusterNode> nodes = new ConcurrentHashMap<>();

	private final AtomicReferenceArray<@Nullable LettuceClusterNode> owners = new AtomicReferenceArray<>(Slots.COUNT);

	private final LettuceReadNode readNode;

	private final LettucePipelineCalls pipelines;

	public LettuceClusterTransport(LettuceConnectionFactory factory) {
		this(factory, LettuceAccess.DEFAULT);
	}

	LettuceClusterTransport(LettuceConnectionFactory factory, LettuceAccess access) {
		this.factory = factory;
		this.access = access;
		ReadFrom readFrom = factory.getClientConfiguration().getReadFrom().orElse(ReadFrom.UPSTREAM);
		this.spreadsReads = readFrom != ReadFrom.UPSTREAM;
		this.topology = new LettuceTopology(factory);
		this.failures = new LettuceFailures(description(), factory);
		this.readNode = new LettuceReadNode(factory, access, this.topology);
		this.pipelines = new LettucePipelineCalls(access, this.failures, true, this.topology::refresh);
	}

	@Override
	public @Nullable ScriptNode route(ScriptCall call) {
		int slot = Slots.of(call);
		StatefulRedisClusterConnection<byte[], byte[]> cluster = this.topology.known();
		if (cluster == null) {
			if (!this.factory.isRunning()) {
				// It is not waited for another to take its place.
				throw CallFailure.refused("the connection factory was stopped, or is not started yet", null);
			}
			return null;
		}
		if (this.spreadsReads && call.options().readOnly()) {
			return this.readNode;
		}
		// Any slot will do for a call without keys: masters only, the larger the
		// likelier.
		return owner(cluster.getPartitions(), (slot >= 0) ? slot : ThreadLocalRandom.current().nextInt(Slots.COUNT));
	}

	private LettuceClusterNode owner(Partitions partitions, int slot) {
		RedisClusterNode description = partitions.getMasterBySlot(slot);
		if (description == null) {
			throw CallFailure.notSent("no node of the cluster serves slot " + slot, null);
		}
		LettuceClusterNode owner = this.owners.get(slot);
		if (owner != null && owner.isDescribedBy(description)) {
			return owner;
		}
		LettuceClusterNode node = node(description.getUri().getHost(), description.getUri().getPort(),
				ConnectionIntent.WRITE);
		node.describedBy(description);
		this.owners.set(slot, node);
		return node;
	}

	private LettuceClusterNode node(String host, int port, ConnectionIntent intent) {
		String name = host + ":" + port + ((intent == ConnectionIntent.READ) ? " (replica)" : "");
		LettuceClusterNode known = this.nodes.get(name);
		if (known != null) {
			return known;
		}
		forgetOthers();
		return this.nodes.computeIfAbsent(name,
				(key) -> new LettuceClusterNode(this.factory, this.access, this.topology, host, port, intent));
	}

	// Addresses change where nodes are replaced. With a new one the old ones go.
	private void forgetOthers() {
		StatefulRedisClusterConnection<byte[], byte[]> cluster = this.topology.known();
		if (cluster == null) {
			return;
		}
		Partitions partitions = cluster.getPartitions();
		boolean forgotten = this.nodes.values()
			.removeIf((node) -> partitions.getPartition(node.host(), node.port()) == null);
		for (int slot = 0; forgotten && slot < Slots.COUNT; slot++) {
			LettuceClusterNode owner = this.owners.get(slot);
			if (owner != null && partitions.getPartition(owner.host(), owner.port()) == null) {
				this.owners.compareAndSet(slot, owner, null);
			}
		}
	}

	@Override
	public CompletableFuture<@Nullable Void> connect() {
		return this.topology.connect().handle((cluster, ex) -> {
			if (cluster == null) {
				throw this.failures
					.notConnected((ex != null) ? ex : new IllegalStateException("There is no connection"));
			}
			return null;
		});
	}

	@Override
	public Runnable schedule(long nanos, Runnable task) {
		return LettuceTimer.schedule(this.factory, nanos, task);
	}

	@Override
	public ScriptNode redirect(Redirection redirection) {
		return node(redirection.host(), redirection.port(), ConnectionIntent.WRITE);
	}

	@Override
	public void outdated() {
		this.topology.refresh();
	}

	// Waits for the first connection.
	@Override
	public List<PreloadTarget> nodes() {
		try {
			connect().join();
		}
		catch (CompletionException ex) {
			throw this.failures.notConnected(ex);
		}
		StatefulRedisClusterConnection<byte[], byte[]> cluster = this.topology.known();
		if (cluster == null) {
			throw this.failures.notConnected(new IllegalStateException("The connection was closed"));
		}
		List<PreloadTarget> targets = new ArrayList<>();
		for (RedisClusterNode node : cluster.getPartitions()) {
			boolean master = node.is(RedisClusterNode.NodeFlag.UPSTREAM);
			if (master ? !node.getSlots().isEmpty() : this.spreadsReads) {
				ConnectionIntent intent = master ? ConnectionIntent.WRITE : ConnectionIntent.READ;
				targets.add(new PreloadTarget(node(node.getUri().getHost(), node.getUri().getPort(), intent), !master));
			}
		}
		return targets;
	}

	@Override
	public String description() {
		return "the cluster";
	}

	@Override
	public boolean isCluster() {
		return true;
	}

	@Override
	public long timeout() {
		return this.factory.getClientConfiguration().getCommandTimeout().toNanos();
	}

	@Override
	public @Nullable Object sendBound(RedisConnection connection, byte[][] command, long until) {
		throw new IllegalStateException("On a cluster there is no connection to be bound to");
	}

	@Override
	public @Nullable Object openBatch(RedisConnection connection) {
		return this.pipelines.openBatch((LettuceConnection) connection);
	}

	@Override
	public @Nullable ScriptNode destination(RedisConnection connection, ScriptCall call) {
		int slot = Slots.of(call);
		if (slot < 0 || this.spreadsReads && call.options().readOnly()) {
			return null;
		}
		Object pipeline = this.pipelines.connection((LettuceConnection) connection);
		RedisClusterNode master = ((StatefulRedisClusterConnection<?, ?>) pipeline).getPartitions()
			.getMasterBySlot(slot);
		return (master != null) ? node(master.getUri().getHost(), master.getUri().getPort(), ConnectionIntent.WRITE)
				: null;
	}

	@Override
	public void defer(RedisConnection connection, ScriptCall call, Runnable healed) {
		this.pipelines.defer((LettuceConnection) connection, call, healed);
	}

	@Override
	public boolean isAsynchronous() {
		return true;
	}

}
