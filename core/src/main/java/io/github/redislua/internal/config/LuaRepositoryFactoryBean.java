package io.github.redislua.internal.config;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.util.Assert;

/**
 * The bean behind one interface.
 *
 * @param <T> the interface
 */
public final class LuaRepositoryFactoryBean<T> implements FactoryBean<T>, BeanFactoryAware, InitializingBean {

	private final Class<T> repository;

	private @Nullable BeanFactory beanFactory;

	private @Nullable T proxy;

	public LuaRepositoryFactoryBean(Class<T> repository) {
		this.repository = repository;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterPropertiesSet() {
		Assert.state(this.beanFactory != null, "No BeanFactory");
		this.proxy = this.beanFactory.getBean(LuaRepositories.class).create(this.repository);
	}

	@Override
	public @Nullable T getObject() {
		return this.proxy;
	}

	@Override
	public Class<?> getObjectType() {
		return this.repository;
	}

}
