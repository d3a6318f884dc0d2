package io.github.redislua.invoke;

import io.github.redislua.codec.ArgumentEncoders;
import io.github.redislua.codec.ReplyDecoders;

/**
 * How values are written and read.
 *
 * @param arguments makes encoders
 * @param replies makes decoders
 */
public record Codecs(ArgumentEncoders arguments, ReplyDecoders replies) {

}
