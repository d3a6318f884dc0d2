package io.github.redislua.internal.invoke;

import io.github.redislua.internal.codec.argument.ArgumentEncoders;
import io.github.redislua.internal.codec.reply.ReplyDecoders;

/**
 * How values are written and read.
 *
 * @param arguments makes encoders
 * @param replies makes decoders
 */
public record Codecs(ArgumentEncoders arguments, ReplyDecoders replies) {

}
