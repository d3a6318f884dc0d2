package io.github.redislua.execute;

/**
 * A server that scripts are loaded on.
 *
 * @param node the server
 * @param replica whether it is a replica, without which everything works, only slower
 */
record PreloadTarget(ScriptNode node, boolean replica) {

}
