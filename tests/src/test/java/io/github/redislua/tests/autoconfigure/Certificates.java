package io.github.redislua.tests.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Certificates that sign themselves, made by the JDK's keytool.
 */
final class Certificates {

	private static final String PASSWORD = "changeit";

	private final Path folder;

	Certificates(Path folder) {
		this.folder = folder;
	}

	/**
	 * Makes {@code name.pem}, {@code name.key} and a key store {@code name.p12}.
	 * @param name what to call the files
	 * @param alternativeNames whose certificate it is, such as {@code dns:localhost}
	 */
	void make(String name, String alternativeNames) throws Exception {
		Path store = this.folder.resolve(name + ".p12");
		keytool("-genkeypair", "-alias", name, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name,
				"-ext", "san=" + alternativeNames, "-validity", "2", "-storetype", "PKCS12", "-keystore",
				store.toString(), "-storepass", PASSWORD);
		KeyStore keys = load(store);
		pem(name + ".pem", "CERTIFICATE", keys.getCertificate(name).getEncoded());
		pem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
	}

	/**
	 * Makes {@code ca.pem} and the trust store {@code ca.p12}, with the certificate of
	 * somebody to be trusted.
	 * @param name whose
	 */
	void trust(String name) throws Exception {
		Files.copy(this.folder.resolve(name + ".pem"), this.folder.resolve("ca.pem"));
		keytool("-importcert", "-noprompt", "-alias", name, "-file", this.folder.resolve(name + ".pem").toString(),
				"-storetype", "PKCS12", "-keystore", this.folder.resolve("ca.p12").toString(), "-storepass", PASSWORD);
	}

	private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream content = Files.newInputStream(store)) {
			keys.load(content, PASSWORD.toCharArray());
		}
		return keys;
	}

	private void pem(String file, String type, byte[] content) throws IOException {
		String text = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
		Files.writeString(this.folder.resolve(file),
				"-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
	}

	private static void keytool(String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
	}

}
