package io.github.redislua.tests.ops;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Objects;

import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.ApplicationContext;

/**
 * Requests to an application.
 */
final class Http {

	private final HttpClient client = HttpClient.newHttpClient();

	private final String root;

	Http(ApplicationContext application) {
		String port = Objects.requireNonNull(application.getEnvironment().getProperty("local.server.port"));
		this.root = "http://localhost:" + port;
	}

	HttpResponse<String> get(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.root + path)).GET();
		return send((headers.length > 0) ? request.headers(headers).build() : request.build());
	}

	HttpResponse<String> post(String path) {
		return send(HttpRequest.newBuilder(URI.create(this.root + path))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.noBody())
			.build());
	}

	static Map<String, Object> json(HttpResponse<String> response) {
		return JsonParserFactory.getJsonParser().parseMap(response.body());
	}

	private HttpResponse<String> send(HttpRequest request) {
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
