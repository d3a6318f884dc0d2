/**
 * The scripts and interfaces of one application, and what is done with them:
 * {@code Repositories} resolves interfaces, {@code ScriptLoading} loads scripts,
 * {@code ScriptReload} replaces them, {@code NamedCalls} runs them by name,
 * {@code RepositoryChecks} has them checked, {@code ScriptOverview} tells operators of
 * them. {@code ScriptParts} puts these together. Internal: the public
 * {@code LuaRepositoryFactory}, the package {@code config} and the library's other
 * modules use it, and it uses {@code invoke}, {@code check} and everything below.
 */
@NullMarked
package io.github.redislua.internal.repository;

import org.jspecify.annotations.NullMarked;
