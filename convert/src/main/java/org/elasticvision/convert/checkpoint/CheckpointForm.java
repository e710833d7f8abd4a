package org.elasticvision.convert.checkpoint;

/** The two forms of a file of {@code torch.save}. */
public enum CheckpointForm {
    /** A zip file, what PyTorch writes and reads since 1.6. */
    ZIP,

    /**
     * Pickles and bytes one after the other, what PyTorch wrote before 1.6 and every version reads; {@code torch.save} has
     * {@code _use_new_zipfile_serialization=False} for it.
     */
    LEGACY
}
