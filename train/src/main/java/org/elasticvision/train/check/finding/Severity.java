package org.elasticvision.train.check.finding;

/** What a finding means for a training run, the worst first. */
public enum Severity {
    /** The run stops. */
    FAILS("fails"),
    /** The run goes through, and the network or its figures are worse than they look. */
    WARNING("warning"),
    /** Worth knowing. */
    NOTE("note");

    private final String id;

    Severity(String id) {
        this.id = id;
    }

    /** {@return the word for it in texts and JSON} */
    public String id() {
        return id;
    }
}
