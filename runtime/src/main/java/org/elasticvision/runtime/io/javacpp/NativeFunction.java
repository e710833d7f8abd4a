package org.elasticvision.runtime.io.javacpp;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * A function of a loaded library, of one number or address, that no preset shows. It is called as JavaCPP calls a function that frees memory:
 * by address. Safe for use by any number of threads, as far as the function is.
 */
public final class NativeFunction {
    private final Pointer address;

    private NativeFunction(Pointer address) {
        this.address = address;
    }

    /**
     * {@return a function, where this process has it}
     *
     * @param name as the library exports it
     */
    public static Optional<NativeFunction> find(String name) {
        try {
            Pointer address = Loader.addressof(name);
            return address == null || address.isNull() ? Optional.empty() : Optional.of(new NativeFunction(address));
        } catch (LinkageError e) { // JavaCPP's own library does not load here
            return Optional.empty();
        }
    }

    /**
     * Calls it.
     *
     * @return whether that was possible: not with another version of JavaCPP, or as a named module
     */
    public boolean call(long argument) {
        try {
            Class<?> caller = Class.forName("org.bytedeco.javacpp.Pointer$NativeDeallocator");
            Constructor<?> make = caller.getDeclaredConstructor(Pointer.class, long.class, long.class);
            Method call = caller.getDeclaredMethod("deallocate", long.class, long.class);
            make.setAccessible(true);
            call.setAccessible(true);
            call.invoke(make.newInstance(new Pointer(), argument, address.address()), argument, address.address());
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }
}
