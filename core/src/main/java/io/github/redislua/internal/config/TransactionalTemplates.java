package io.github.redislua.internal.config;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.util.ReflectionUtils;

/**
 * Whether the templates of an application take part in Spring's transactions. Calls of
 * scripts then do, too: otherwise it would depend on which of them comes first in a
 * transaction. Asked for in a transaction only, and once for each connection factory.
 */
public final class TransactionalTemplates implements Predicate<RedisConnectionFactory> {

	/** Templates have a setter for it, and no getter. */
	static final @Nullable Field ENABLED = ReflectionUtils.findField(RedisTemplate.class, "enableTransactionSupport");

	private final ListableBeanFactory beans;

	private final Map<RedisConnectionFactory, Boolean> known = new ConcurrentHashMap<>();

	/**
	 * Create new templates.
	 * @param beans where the templates are
	 */
	public TransactionalTemplates(ListableBeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public boolean test(RedisConnectionFactory connectionFactory) {
		Boolean known = this.known.get(connectionFactory);
		if (known == null) {
			// Not while the map computes: this may create beans.
			known = isTransactional(connectionFactory);
			this.known.put(connectionFactory, known);
		}
		return known;
	}

	private boolean isTransactional(RedisConnectionFactory connectionFactory) {
		Field enabled = ENABLED;
		if (enabled == null) {
			return false;
		}
		ReflectionUtils.makeAccessible(enabled);
		return this.beans.getBeanProvider(RedisTemplate.class)
			.stream()
			.anyMatch((template) -> connectionFactory.equals(template.getConnectionFactory())
					&& Boolean.TRUE.equals(ReflectionUtils.getField(enabled, template)));
	}

}
