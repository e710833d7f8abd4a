package org.elasticvision.convert.checkpoint;

import net.razorvine.pickle.PickleException;

/** What is wrong with a pickle, from those who do not know the file; it becomes a {@link CheckpointException}. */
class PickleRefusal extends PickleException {
    private static final long serialVersionUID = 1L;

    PickleRefusal(String problem) {
        super(problem);
    }

    static PickleRefusal damaged(String how) {
        return new PickleRefusal("damaged: " + how + "; download it again");
    }

    static PickleRefusal tooMuch() {
        return new PickleRefusal("holds more values than any network needs; save only model.state_dict()");
    }
}
