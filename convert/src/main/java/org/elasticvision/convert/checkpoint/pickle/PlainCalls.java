package org.elasticvision.convert.checkpoint.pickle;

import java.nio.charset.StandardCharsets;
import org.elasticvision.convert.checkpoint.pickle.value.Arguments;
import org.elasticvision.convert.checkpoint.pickle.value.Unread;

/** Calls that make plain values. */
final class PlainCalls {
    private PlainCalls() {}

    static Object device(Arguments arguments) {
        String kind = arguments.get(0, String.class);
        return arguments.size() > 1 ? kind + ":" + arguments.integer(1) : kind;
    }

    /** How bytes look before protocol 3: _codecs.encode(text, 'latin1'). */
    static Object encode(Arguments arguments) {
        if (!"latin1".equals(arguments.get(1))) {
            throw new Unread("bytes in an encoding other than latin1");
        }
        return arguments.get(0, String.class).getBytes(StandardCharsets.ISO_8859_1);
    }
}
