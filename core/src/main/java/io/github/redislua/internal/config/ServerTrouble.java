package io.github.redislua.internal.config;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;

/**
 * Why a server could not be loaded with scripts: the most specific cause that the drivers
 * tell, and what to do about that.
 *
 * @param cause the cause, for people to read
 * @param action what to do, a sentence
 */
public record ServerTrouble(String cause, String action) {

	private static final Pattern CODE = Pattern.compile("(?:^|: )(-?[A-Z]{3,}[A-Z0-9]*)(?: |$)");

	private static final Map<String, String> ACTIONS = Map.ofEntries(
			Map.entry("WRONGPASS", "Correct spring.data.redis.username and spring.data.redis.password."),
			Map.entry("NOAUTH",
					"Set spring.data.redis.password, and spring.data.redis.username if the server has users."),
			Map.entry("NOPERM",
					"Allow the user the commands that the message names: an ACL needs +evalsha +script|load +script|exists."),
			Map.entry("LOADING", "Wait until the server has read its data, and start again."),
			Map.entry("BUSY", "Wait until the script that runs on the server ends, or stop it with SCRIPT KILL."),
			Map.entry("OOM", "Give the server more memory (maxmemory), or let it evict keys (maxmemory-policy)."),
			Map.entry("MISCONF",
					"Let the server save its data again: its log says why it cannot, often a full disk or a folder that it may not write to."),
			Map.entry("READONLY", "Name the master in spring.data.redis.*: this server is a replica."),
			Map.entry("MASTERDOWN", "Start the master of this replica, or name the master in spring.data.redis.*."),
			Map.entry("CLUSTERDOWN", "Repair the cluster: redis-cli --cluster check says what is missing."),
			Map.entry("NOREPLICAS", "Start the replicas that the server waits for (min-replicas-to-write)."),
			Map.entry("TRYAGAIN", "Start again when the cluster has moved its slots."));

	private static final String CLOSED = "Check why %s closes connections: it may have too many clients (maxclients), "
			+ "or expect TLS (spring.data.redis.ssl.enabled).";

	private static final String WRONG_SERVER = "Correct spring.data.redis.host and spring.data.redis.port: %s is no Redis server.";

	/**
	 * Looks for the cause.
	 * @param failure what the driver threw
	 * @param node the server, as messages name it
	 * @return the cause and the action
	 */
	public static ServerTrouble of(Throwable failure, String node) {
		List<Throwable> chain = chain(failure);
		for (int i = chain.size() - 1; i >= 0; i--) {
			Throwable link = chain.get(i);
			String action = action(link, node);
			if (action != null) {
				return new ServerTrouble(text(link), action);
			}
		}
		for (Throwable link : chain) {
			if (isClosed(String.valueOf(link.getMessage()).toLowerCase(Locale.ROOT))) {
				return new ServerTrouble(text(link), CLOSED.formatted(node));
			}
		}
		return new ServerTrouble(text(mostSpecific(chain)),
				"Check that %s is the server that spring.data.redis.* means.".formatted(node));
	}

	private static List<Throwable> chain(Throwable failure) {
		List<Throwable> chain = new ArrayList<>();
		for (Throwable link = failure; link != null && !chain.contains(link); link = link.getCause()) {
			chain.add(link);
			for (Throwable suppressed : link.getSuppressed()) {
				if (link.getCause() == null && suppressed.getMessage() != null && !chain.contains(suppressed)) {
					chain.add(suppressed);
				}
			}
		}
		return chain;
	}

	private static boolean isClosed(String message) {
		return message.contains("end of stream") || message.contains("connection reset")
				|| message.contains("broken pipe") || message.contains("connection closed");
	}

	private static @Nullable String action(Throwable link, String node) {
		String message = String.valueOf(link.getMessage());
		String lower = message.toLowerCase(Locale.ROOT);
		if (link instanceof UnknownHostException || link instanceof UnresolvedAddressException) {
			return "Correct spring.data.redis.host: there is no host of that name.";
		}
		String known = knownCode(message);
		if (known != null) {
			return known;
		}
		if (lower.contains("max number of clients reached")) {
			return "Close clients of " + node + " that nobody needs, or raise maxclients there.";
		}
		if (lower.contains("invalid password") || lower.contains("without any password configured")
				|| lower.contains("no password is set")) {
			return ACTIONS.get("WRONGPASS");
		}
		if (message.contains("HTTP/1") || lower.contains("unknown reply") || lower.contains("invalid first byte")) {
			return WRONG_SERVER.formatted(node);
		}
		if (link instanceof SSLException || link.getClass().getSimpleName().equals("NotSslRecordException")) {
			return "Correct spring.data.redis.ssl.*: the client and " + node + " do not agree on TLS.";
		}
		if (link instanceof NoSuchElementException || lower.contains("pool exhausted")) {
			return "Raise the size of the connection pool in spring.data.redis.*.pool.max-active, or its max-wait.";
		}
		if (link instanceof ConnectException && !lower.contains("timed out")) {
			return "Start Redis on " + node + " or correct spring.data.redis.*.";
		}
		if (link instanceof TimeoutException || link instanceof QueryTimeoutException || lower.contains("timed out")) {
			return "Check that " + node
					+ " answers and that no firewall is between, or raise spring.data.redis.timeout, spring.data.redis.connect-timeout and redis-lua.preload.timeout.";
		}
		return null;
	}

	private static @Nullable String knownCode(String message) {
		Matcher matcher = CODE.matcher(message);
		while (matcher.find()) {
			String action = ACTIONS.get(matcher.group(1).replace("-", ""));
			if (action != null) {
				return action;
			}
		}
		return null;
	}

	private static Throwable mostSpecific(List<Throwable> chain) {
		for (int i = chain.size() - 1; i >= 0; i--) {
			String message = chain.get(i).getMessage();
			if (message != null && !message.isBlank()) {
				return chain.get(i);
			}
		}
		return chain.get(0);
	}

	private static String text(Throwable link) {
		String message = link.getMessage();
		if (message == null || message.isBlank()) {
			return link.getClass().getSimpleName();
		}
		String line = message.lines().findFirst().orElse(message).strip();
		return (line.indexOf(' ') < 0) ? link.getClass().getSimpleName() + ": " + line : line;
	}

}
