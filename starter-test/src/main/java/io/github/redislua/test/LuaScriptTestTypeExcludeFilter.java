package io.github.redislua.test;

import java.io.IOException;
import java.util.List;

import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;

/**
 * Keeps the application's components out of a test, but for those asked for.
 */
class LuaScriptTestTypeExcludeFilter extends TypeExcludeFilter {

	private final List<TypeFilter> include;

	private final List<TypeFilter> exclude;

	LuaScriptTestTypeExcludeFilter(List<TypeFilter> include, List<TypeFilter> exclude) {
		this.include = include;
		this.exclude = exclude;
	}

	@Override
	public boolean match(MetadataReader metadataReader, MetadataReaderFactory metadataReaderFactory)
			throws IOException {
		return !anyMatches(this.include, metadataReader, metadataReaderFactory)
				|| anyMatches(this.exclude, metadataReader, metadataReaderFactory);
	}

	private static boolean anyMatches(List<TypeFilter> filters, MetadataReader metadataReader,
			MetadataReaderFactory metadataReaderFactory) throws IOException {
		for (TypeFilter filter : filters) {
			if (filter.match(metadataReader, metadataReaderFactory)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public boolean equals(Object obj) {
		return this == obj;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
