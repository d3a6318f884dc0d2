package io.github.redislua.internal.execute.call;

/**
 * A server that scripts are loaded on.
 *
 * @param node the server
 * @param replica whether it is a replica, without which everything works, only slower
 */
public record PreloadTarget(ScriptNode node, boolean replica) {

}
