package org.elasticvision.convert.checkpoint.pickle.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.convert.checkpoint.Placeholder;
import org.elasticvision.convert.checkpoint.pickle.TensorUnpickler;

/**
 * A Python object that the reader does not know, as the pickle describes it: never made, only noted. Its parts are what
 * the unpickler made of them, see {@link TensorUnpickler}; a {@link Placeholder} gives them out.
 */
public final class RawObject {
    private static final Object[] NOTHING = {};
    private static final int MAX_PROBLEM = 400;

    private final String name;
    private final Object[] arguments;
    private final boolean called;
    private final String problem;
    private Object state;
    private List<Object> items;
    private Map<Object, Object> entries;

    private RawObject(String name, Object[] arguments, boolean called, String problem) {
        this.name = name;
        this.arguments = arguments;
        this.called = called;
        this.problem = problem;
    }

    /** A class or function itself. */
    public static RawObject named(String name) {
        return new RawObject(name, NOTHING, false, null);
    }

    /** What a class or function would have made of the arguments. */
    public static RawObject made(String name, Object[] arguments) {
        return new RawObject(name, arguments, true, null);
    }

    /** Something that the reader knows in principle, but not in this form. */
    public static RawObject unread(String name, Object[] arguments, String problem) {
        // A problem may tell of another: a chain of them must not grow without end.
        String shortened = problem.length() > MAX_PROBLEM ? problem.substring(0, MAX_PROBLEM) + "…" : problem;
        return new RawObject(name, arguments, true, shortened);
    }

    public String name() {
        return name;
    }

    public Object[] arguments() {
        return arguments;
    }

    public boolean isCalled() {
        return called;
    }

    /** Why it is not read, where it is a kind that the reader knows, else null. */
    String problem() {
        return problem;
    }

    /** What Python would have handed to {@code __setstate__}, or null. */
    public Object state() {
        return state;
    }

    public void setState(Object state) {
        this.state = state;
    }

    /** The items of a list or set of a class of its own, or null. */
    public List<Object> items() {
        return items;
    }

    public List<Object> itemsToFill() {
        if (items == null) {
            items = new ArrayList<>();
        }
        return items;
    }

    /** The entries of a dictionary of a class of its own, or null. */
    public Map<Object, Object> entries() {
        return entries;
    }

    public Map<Object, Object> entriesToFill() {
        if (entries == null) {
            entries = new LinkedHashMap<>();
        }
        return entries;
    }
}
