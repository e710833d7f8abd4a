package org.elasticvision.train.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.train.distributed.ProcessGroup;
import org.elasticvision.train.settings.TrainingJob;

/** Whether all processes of a run were given the same one. */
final class RunAgreement {
    private RunAgreement() {}

    /**
     * Refuses a run whose processes were given different ones, or that cannot be shared evenly.
     *
     * @throws ElasticVisionException in one line, with what differs
     */
    static void require(TrainingJob job, ProcessGroup group) {
        if (job.recipe().accumulationSteps() % group.size() != 0) {
            throw new ElasticVisionException("an update of this run has "
                    + job.recipe().accumulationSteps() + " micro-batches, which " + group.size()
                    + " ranks cannot share evenly; use a number of ranks that divides it");
        }
        Map<String, String> own = facts(job);
        List<String> first =
                List.of(group.first(String.join("\n", own.values())).split("\n", -1));
        String difference = "";
        int line = 0;
        for (Map.Entry<String, String> fact : own.entrySet()) {
            if (line >= first.size() || !fact.getValue().equals(first.get(line))) {
                difference = fact.getKey();
                break;
            }
            line++;
        }
        double[] differs = group.sum(difference.isEmpty() ? 0 : 1);
        if (!difference.isEmpty()) {
            throw new ElasticVisionException(
                    "this rank has another " + difference + " than rank 0: " + own.get(difference) + ", not "
                            + (line < first.size() ? first.get(line) : "nothing")
                            + "; give all ranks the same command and the same data");
        }
        if (differs[0] > 0) {
            throw new ElasticVisionException("another rank was given another run or other data; it says what differs");
        }
    }

    private static Map<String, String> facts(TrainingJob job) {
        RunIdentity identity = RunIdentity.of(job);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("architecture", job.architecture().id());
        facts.put("task", job.task().id());
        facts.put("set of training images", identity.images() + " images, names' checksum " + identity.names());
        facts.put(
                "set of validation images",
                job.validation().size() + " images, names' checksum " + RunIdentity.names(job.validation()));
        facts.put(
                "set of classes",
                job.labels().size() + " classes, checksum " + job.labels().hashCode());
        facts.put(
                "input size",
                job.preprocessing().height() + "x" + job.preprocessing().width());
        facts.put("recipe", job.recipe().toString());
        facts.put("seed", String.valueOf(identity.seed()));
        facts.put("precision", job.torch().precision().toString());
        facts.put("--skip-bad", String.valueOf(job.settings().loading().skipBad()));
        return facts;
    }
}
