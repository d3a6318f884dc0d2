package io.github.redislua.internal.config;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.annotation.AnnotatedElementUtils;

import io.github.redislua.annotation.LuaError;
import io.github.redislua.annotation.LuaScript;
import io.github.redislua.internal.invoke.delivery.SuspendingMethods;

/**
 * Says what a native image needs of an interface: its proxy, alone and with an aspect of
 * the application around it, its methods, the types of its parameters and results, and
 * the exceptions that stand for error codes.
 */
class LuaRepositoryAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		if (bean.getBeanClass() != LuaRepositoryFactoryBean.class) {
			return null;
		}
		Class<?> repository = bean.getBeanType().getGeneric(0).resolve();
		return (repository != null) ? new Contribution(repository) : null;
	}

	/**
	 * The hints of one interface.
	 *
	 * @param repository the interface
	 */
	private record Contribution(Class<?> repository) implements BeanRegistrationAotContribution {

		private static final BindingReflectionHintsRegistrar BINDING = new BindingReflectionHintsRegistrar();

		@Override
		public void applyTo(GenerationContext generationContext, BeanRegistrationCode beanRegistrationCode) {
			RuntimeHints hints = generationContext.getRuntimeHints();
			hints.proxies().registerJdkProxy(this.repository);
			hints.proxies().registerJdkProxy(AopProxyUtils.completeJdkProxyInterfaces(this.repository));
			for (Method method : this.repository.getMethods()) {
				if (!Modifier.isStatic(method.getModifiers())) {
					apply(hints, method, this.repository);
				}
			}
		}

		private static void apply(RuntimeHints hints, Method method, Class<?> repository) {
			hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
			LuaScript annotation = AnnotatedElementUtils.findMergedAnnotation(method, LuaScript.class);
			if (annotation == null) {
				return;
			}
			boolean suspending = SuspendingMethods.isSuspending(method);
			bind(hints, suspending ? SuspendingMethods.returnType(method, repository).getType()
					: method.getGenericReturnType());
			Type[] parameters = method.getGenericParameterTypes();
			for (int i = 0; i < parameters.length - (suspending ? 1 : 0); i++) {
				bind(hints, parameters[i]);
			}
			for (LuaError error : annotation.errors()) {
				hints.reflection().registerType(error.exception(), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
			}
		}

		// Records and JSON, and properties that key templates name.
		private static void bind(RuntimeHints hints, Type type) {
			BINDING.registerReflectionHints(hints.reflection(), type);
		}

	}

}
