package io.github.redislua.lint.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.redislua.lint.RespClient;

/**
 * Writes the command table from a server's {@code COMMAND} answer. Run it with the port
 * of a Redis 7.0 (whose licence allows it) and the file to write.
 */
final class CommandTableGenerator {

	private static final String HEADER = """
			# Commands of Redis 7.0: generated from a server's COMMAND answer by CommandTableGenerator, not edited.
			# name[|subcommand] arity flags(w write, r readonly, s noscript, - none) keys...
			# keys: [KEYWORD@]begin[:last:step:limit] or [KEYWORD@]begin#number:first:step
			#
			# The data is taken from Redis 7.0.15, which is distributed under the 3-clause BSD licence:
			# Copyright (c) 2006-2020, Salvatore Sanfilippo. All rights reserved.
			# Redistribution and use in source and binary forms, with or without modification, are permitted provided
			# that the following conditions are met:
			#  * Redistributions of source code must retain the above copyright notice, this list of conditions and
			#    the following disclaimer.
			#  * Redistributions in binary form must reproduce the above copyright notice, this list of conditions and
			#    the following disclaimer in the documentation and/or other materials provided with the distribution.
			#  * Neither the name of Redis nor the names of its contributors may be used to endorse or promote products
			#    derived from this software without specific prior written permission.
			# THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED
			# WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A
			# PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT OWNER OR CONTRIBUTORS BE LIABLE FOR ANY
			# DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO,
			# PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION)
			# HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING
			# NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE
			# POSSIBILITY OF SUCH DAMAGE.
			""";

	private CommandTableGenerator() {
	}

	public static void main(String[] args) throws IOException {
		try (RespClient client = new RespClient(Integer.parseInt(args[0]))) {
			Files.writeString(Path.of(args[1]), table(client), StandardCharsets.US_ASCII);
		}
	}

	static String table(RespClient client) throws IOException {
		List<?> reply = (List<?>) client.command("COMMAND");
		return HEADER + String.join("\n", CommandTable.lines(reply)) + "\n";
	}

}
