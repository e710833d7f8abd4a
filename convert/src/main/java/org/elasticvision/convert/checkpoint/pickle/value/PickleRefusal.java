package org.elasticvision.convert.checkpoint.pickle.value;

import net.razorvine.pickle.PickleException;
import org.elasticvision.convert.checkpoint.file.CheckpointException;

/** What is wrong with a pickle, from those who do not know the file; it becomes a {@link CheckpointException}. */
public class PickleRefusal extends PickleException {
    private static final long serialVersionUID = 1L;

    public PickleRefusal(String problem) {
        super(problem);
    }

    public static PickleRefusal damaged(String how) {
        return new PickleRefusal("damaged: " + how + "; download it again");
    }

    public static PickleRefusal tooMuch() {
        return new PickleRefusal("holds more values than any network needs; save only model.state_dict()");
    }
}
