package org.elasticvision.convert.checkpoint;

/** Something whole that the reader does not read: no fault of the file unless a weight depends on it. */
final class Unread extends PickleRefusal {
    private static final long serialVersionUID = 1L;

    /** @param problem such as "is a sparse tensor; save it with .to_dense()" */
    Unread(String problem) {
        super(problem);
    }
}
