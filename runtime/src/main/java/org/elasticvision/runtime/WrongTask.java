package org.elasticvision.runtime;

import org.elasticvision.runtime.model.Task;

/** The answer to someone who opened a model as what it is not. */
final class WrongTask {
    private WrongTask() {}

    /** Closes the model and says which class to use. */
    static ModelException refuse(Model model, Class<? extends Model> wanted) {
        Task task = model.info().task();
        model.close();
        return new ModelException(model.file() + " is a " + task + " model, not one for " + wanted.getSimpleName()
                + "; open it with " + model.getClass().getSimpleName() + ".open or Model.open");
    }
}
