package org.elasticvision.convert.checkpoint.pickle;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import net.razorvine.pickle.IObjectConstructor;
import org.elasticvision.convert.checkpoint.pickle.value.Arguments;
import org.elasticvision.convert.checkpoint.pickle.value.Descriptions;
import org.elasticvision.convert.checkpoint.pickle.value.PickleRefusal;
import org.elasticvision.convert.checkpoint.pickle.value.RawObject;
import org.elasticvision.convert.checkpoint.pickle.value.Unread;

/**
 * A Python function or class that the reader does in Java.
 *
 * @param name dotted Python name
 * @param most how many arguments are understood
 */
public record KnownCall(String name, int most, Body body) implements IObjectConstructor {
    interface Body {
        Object apply(Arguments arguments);
    }

    /** What it makes; a {@link RawObject} where that is nothing the reader has a use for. */
    @Override
    public Object construct(Object[] values) {
        if (values.length > most) {
            return RawObject.unread(
                    name,
                    values,
                    "made by '" + name + "' with " + values.length + " arguments, of which only " + most
                            + " are known; save it with another version of PyTorch");
        }
        try {
            return body.apply(new Arguments(name, values));
        } catch (Unread e) {
            return RawObject.unread(name, values, e.getMessage());
        } catch (PickleRefusal e) {
            // Not the file's fault if a part of it is something that the reader does not know.
            return reason(values, e);
        }
    }

    private Object reason(Object[] values, PickleRefusal otherwise) {
        return Stream.of(values)
                .flatMap(KnownCall::withItems)
                .filter(RawObject.class::isInstance)
                .map(RawObject.class::cast)
                .findFirst()
                .map(unknown -> RawObject.unread(name, values, Descriptions.madeOf(name, unknown)))
                .orElseThrow(() -> otherwise);
    }

    private static Stream<?> withItems(Object value) {
        if (value instanceof Object[] tuple) {
            return Arrays.stream(tuple);
        }
        return value instanceof Collection<?> items ? items.stream() : Stream.of(value);
    }
}
