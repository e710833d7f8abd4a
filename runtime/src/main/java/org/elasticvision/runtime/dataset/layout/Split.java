package org.elasticvision.runtime.dataset.layout;

/** Which part of a data set. */
public enum Split {
    /** What networks learn from: {@code train/} of ImageNet, {@code train2014} of MSCOCO, {@code train_aug.txt} of VOC. */
    TRAINING("train"),
    /** What results are reported on: {@code val/}, {@code val2014}, {@code val.txt}. */
    VALIDATION("val");

    private final String id;

    Split(String id) {
        this.id = id;
    }

    /** {@return the word for this part in folder and file names} */
    public String id() {
        return id;
    }
}
