package org.elasticvision.runtime.engine.choice;

/** Tables for tests. */
public final class SpeedTables {
    private SpeedTables() {}

    public static SpeedTable parse(String text) {
        return SpeedTable.parse(text);
    }
}
