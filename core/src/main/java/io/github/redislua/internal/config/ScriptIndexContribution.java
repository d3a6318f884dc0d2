package io.github.redislua.internal.config;

import java.util.List;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationCode;
import org.springframework.core.io.support.ResourcePatternResolver;

import io.github.redislua.internal.script.ScriptIndex;

/**
 * Keeps the list of scripts that are found on the class path while the application is
 * built, because a native image cannot list a folder of it.
 */
public final class ScriptIndexContribution implements BeanFactoryInitializationAotContribution {

	private final ResourcePatternResolver resources;

	private final List<String> locations;

	/**
	 * Create a new contribution.
	 * @param resources finds the scripts
	 * @param locations the roots that the application looks below
	 */
	public ScriptIndexContribution(ResourcePatternResolver resources, List<String> locations) {
		this.resources = resources;
		this.locations = locations;
	}

	@Override
	public void applyTo(GenerationContext generationContext, BeanFactoryInitializationCode code) {
		ScriptIndex index = ScriptIndex.of(this.resources, this.locations);
		generationContext.getGeneratedFiles().addResourceFile(ScriptIndex.LOCATION, index.toString());
		var hints = generationContext.getRuntimeHints().resources();
		hints.registerPattern(ScriptIndex.LOCATION);
		index.paths().forEach(hints::registerPattern);
	}

}
