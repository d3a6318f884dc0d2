package io.github.redislua.internal.invoke.delivery;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Return types of methods that do not wait for the reply.
 */
public final class AsynchronousTypes {

	// By name: Reactor need not be there.
	private static final String MONO = "reactor.core.publisher.Mono";

	private static final String FLUX = "reactor.core.publisher.Flux";

	private AsynchronousTypes() {
	}

	/**
	 * How the results of a method are handed over.
	 * @param method the method
	 * @param repository the interface that it is called on
	 * @return the way, {@code null} if the method is to wait for the reply
	 */
	public static @Nullable Delivery delivery(Method method, Class<?> repository) {
		if (SuspendingMethods.isSuspending(method)) {
			return new SuspensionDelivery(SuspendingMethods.isUnit(SuspendingMethods.returnType(method, repository)));
		}
		return delivery(method.getReturnType());
	}

	/**
	 * How a result of a type is handed over.
	 * @param type a return type
	 * @return the way, {@code null} if it is the value itself
	 */
	public static @Nullable Delivery delivery(Class<?> type) {
		if (type == CompletableFuture.class || type == CompletionStage.class || type == Future.class) {
			return new FutureDelivery();
		}
		return switch (type.getName()) {
			case MONO -> new ReactorDelivery.OfMono();
			case FLUX, "org.reactivestreams.Publisher" -> new ReactorDelivery.OfFlux();
			default -> null;
		};
	}

	/**
	 * What a method returns, as it is written.
	 * @param method the method
	 * @return the return type, of a {@code suspend} function that in its source
	 */
	public static Type declaredType(Method method) {
		Type[] parameters = method.getGenericParameterTypes();
		return SuspendingMethods.isSuspending(method) ? parameters[parameters.length - 1]
				: method.getGenericReturnType();
	}

	/**
	 * The type that the reply is decoded to.
	 * @param method the method
	 * @param repository the interface that it is called on
	 * @param delivery how its results are handed over
	 * @return the type of the value, for a stream the list of its elements
	 */
	public static ResolvableType valueType(Method method, Class<?> repository, @Nullable Delivery delivery) {
		if (SuspendingMethods.isSuspending(method)) {
			ResolvableType type = SuspendingMethods.returnType(method, repository);
			return SuspendingMethods.isUnit(type) ? ResolvableType.forClass(void.class) : type;
		}
		ResolvableType type = ResolvableType.forMethodReturnType(method, repository);
		return (delivery != null) ? valueType(type, delivery) : type;
	}

	private static ResolvableType valueType(ResolvableType type, Delivery delivery) {
		ResolvableType value = type.hasGenerics() ? type.getGeneric(0) : ResolvableType.forClass(Object.class);
		if (delivery instanceof ReactorDelivery.OfFlux) {
			return ResolvableType.forClassWithGenerics(List.class, value);
		}
		return (value.resolve() == Void.class) ? ResolvableType.forClass(void.class) : value;
	}

}
