package org.elasticvision.train.cli.recipe;

import org.elasticvision.runtime.base.ElasticVisionException;

/** What is wrong with a recipe file, in one line that names it. */
public final class RecipeFileException extends ElasticVisionException {
    private static final long serialVersionUID = 1L;

    RecipeFileException(String message) {
        super(message);
    }

    /** At a line, counted from 1. */
    static RecipeFileException at(String file, int line, String problem) {
        return new RecipeFileException(file + ": line " + line + ": " + problem);
    }
}
