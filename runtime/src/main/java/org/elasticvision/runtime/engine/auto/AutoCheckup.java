package org.elasticvision.runtime.engine.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.doctor.checkup.Checkup;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.engine.choice.InstructionLevel;
import org.elasticvision.runtime.engine.choice.SpeedTable;

/** Which models run in which engine here where none is named. */
final class AutoCheckup implements Checkup {
    private static final String NAME = "Provider auto";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int order() {
        return 36;
    }

    @Override
    public boolean isolated() {
        return false;
    }

    @Override
    public List<Finding> examine() {
        return List.of(Finding.ok(NAME).withDetail(text(EngineRule.current())));
    }

    static String text(EngineRule rule) {
        Optional<InstructionLevel> level = rule.level();
        if (level.isEmpty()) {
            return "ONNX Runtime for all models: oneDNN was not measured on such a machine";
        }
        List<String> oneDnn = new ArrayList<>();
        for (String precision : SpeedTable.precisions()) {
            List<String> families = rule.table().favouring(level.get(), precision, rule.processor());
            if (!families.isEmpty()) {
                oneDnn.add(precision + " (" + String.join(", ", families) + ")");
            }
        }
        String speeds = ", by the speeds measured with " + level.get().id() + " or the nearest below";
        return oneDnn.isEmpty()
                ? "ONNX Runtime for all models" + speeds
                : "oneDNN for " + String.join(", ", oneDnn) + "; ONNX Runtime for others" + speeds;
    }
}
