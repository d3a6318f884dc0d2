package io.github.redislua.internal.execute.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * A member of Spring Data Redis or of a driver that is not public, or not in all
 * versions. The drivers' access classes list theirs once: the method handles and the
 * hints for a native image are both made from that list.
 *
 * @param owner the class that has the member, {@code null} if there is no such class
 * @param ownerName the name of that class
 * @param kind what the member is
 * @param name the name of the member
 * @param types the type of the field; the return type of the method, then the types of
 * its parameters
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record Handle(@Nullable Class<?> owner, String ownerName, Kind kind, String name, Class<?>... types) {

	/**
	 * A method.
	 * @param owner the class that declares it
	 * @param name its name
	 * @param types the return type, then the types of the parameters
	 * @return the member
	 */
	public static Handle method(Class<?> owner, String name, Class<?>... types) {
		return new Handle(owner, owner.getName(), Kind.METHOD, name, types);
	}

	/**
	 * A field.
	 * @param owner the class that declares it
	 * @param name its name
	 * @param type its type
	 * @return the member
	 */
	public static Handle field(Class<?> owner, String name, Class<?> type) {
		return new Handle(owner, owner.getName(), Kind.FIELD, name, type);
	}

	/**
	 * A member of a class that is not there, or that needs one that is not there.
	 * @param ownerName the name of the class
	 * @param kind what the member would be
	 * @param name the name of the member
	 * @return the member, which {@link #find} does not find
	 */
	public static Handle missing(String ownerName, Kind kind, String name) {
		return new Handle(null, ownerName, kind, name);
	}

	/**
	 * A class that cannot be written in the source.
	 * @param name its name
	 * @param neighbour a class that the same loader loads
	 * @return the class, {@code null} if there is none of that name
	 */
	public static @Nullable Class<?> type(String name, Class<?> neighbour) {
		try {
			return ClassUtils.forName(name, neighbour.getClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

	/**
	 * The way to the member: the method itself, or what reads the field.
	 * @return the method handle, {@code null} if this version has no such member or does
	 * not let it be used
	 */
	public @Nullable MethodHandle find() {
		if (this.owner == null) {
			return null;
		}
		try {
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(this.owner, MethodHandles.lookup());
			return switch (this.kind) {
				case FIELD -> lookup.findGetter(this.owner, this.name, this.types[0]);
				case METHOD -> lookup.findVirtual(this.owner, this.name,
						MethodType.methodType(this.types[0], Arrays.copyOfRange(this.types, 1, this.types.length)));
			};
		}
		catch (ReflectiveOperationException | LinkageError ex) {
			return null;
		}
	}

	@Override
	public String toString() {
		return this.ownerName + "." + this.name;
	}

	/**
	 * What a member is.
	 */
	public enum Kind {

		/** A method of an instance. */
		METHOD,

		/** A field of an instance, to be read. */
		FIELD

	}

}
