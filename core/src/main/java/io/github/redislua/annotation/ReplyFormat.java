package io.github.redislua.annotation;

/**
 * How a script lays out a reply that becomes a record, a map or another object.
 */
public enum ReplyFormat {

	/**
	 * By the shape of the reply: a record is read from an array by position, or from a
	 * bulk string as JSON.
	 */
	AUTO,

	/**
	 * A flat array of field, value, field, value, or a RESP3 map. A record is read by the
	 * names of its components.
	 */
	MAP,

	/**
	 * A bulk string that holds JSON, as {@code cjson.encode} writes it.
	 */
	JSON

}
