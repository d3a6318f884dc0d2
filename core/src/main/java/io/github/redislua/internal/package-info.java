/**
 * Everything behind the public packages. Nothing in here is meant for applications: any
 * of it may change in any release. {@code ArchitectureTests} holds who may use whom.
 * <p>
 * The way of one call, a file a hop:
 * <ol>
 * <li>{@code invoke.RepositoryProxy} finds the method that was called,</li>
 * <li>{@code invoke.ScriptMethod} fills in the keys and the arguments through
 * {@code invoke.ArgumentBinder},</li>
 * <li>{@code execute.policy.RedisScriptExecutor} joins a transaction or a pipeline
 * ({@code BoundCalls}), or hands the call to {@code BlockingCalls} or
 * {@code AsynchronousCall},</li>
 * <li>{@code execute.call.ScriptTransport} finds the server, and its
 * {@code execute.call.ScriptNode} sends {@code EVALSHA} through {@code execute.lettuce}
 * or {@code execute.jedis},</li>
 * <li>a reply that is no error goes back to {@code invoke.ScriptMethod}, which decodes it
 * with the {@code codec.reply.ReplyDecoder} that was chosen at start-up.</li>
 * </ol>
 * Everything else, an error reply such as {@code NOSCRIPT} or no reply at all, meets
 * {@code execute.policy.CallPolicy}, and only there is it decided what follows.
 * <p>
 * What is decided at start-up: the options of {@code @LuaScript} are read in
 * {@code invoke.RepositoryResolver}, the decoder of a reply, a record's for example, is
 * chosen in {@code codec.reply.ReplyResolver}, and the driver in
 * {@code execute.driver.ScriptExecutors}.
 */
package io.github.redislua.internal;
