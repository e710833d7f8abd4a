package org.elasticvision.convert.checkpoint.pickle.value;

/** Something whole that the reader does not read: no fault of the file unless a weight depends on it. */
public final class Unread extends PickleRefusal {
    private static final long serialVersionUID = 1L;

    /** Of a problem such as "is a sparse tensor; save it with .to_dense()". */
    public Unread(String problem) {
        super(problem);
    }
}
