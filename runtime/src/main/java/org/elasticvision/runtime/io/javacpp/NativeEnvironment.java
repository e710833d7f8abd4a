package org.elasticvision.runtime.io.javacpp;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;

/**
 * The environment as native libraries of this process read it. Java's own, {@link System#getenv}, and that of processes which Java starts stay as
 * they are. Where a function of another name changes it (as on Windows), or cannot be called, nothing happens.
 */
public final class NativeEnvironment {
    /** By name: the C library keeps the address that it is given, so what is there must stay as long as the variable. */
    private static final Map<String, BytePointer> KEPT = new HashMap<>(); // guarded by the class

    private NativeEnvironment() {}

    /** Sets a variable. To be called before other threads of native libraries read their environment. */
    public static synchronized void set(String name, String value) {
        NativeFunction.find("putenv").ifPresent(put -> {
            BytePointer setting = new BytePointer(name + "=" + value);
            setting.retainReference(); // a PointerScope of the caller would free it
            put.call(setting.address());
            KEPT.put(name, setting);
        });
    }

    /** Removes a variable that {@link #set} has set. */
    public static synchronized void remove(String name) {
        BytePointer setting = KEPT.get(name);
        if (setting != null) {
            NativeFunction.find("unsetenv").ifPresent(unset -> {
                try (BytePointer variable = new BytePointer(name)) {
                    if (unset.call(variable.address())) {
                        KEPT.remove(name);
                        setting.close();
                    }
                }
            });
        }
    }
}
