package org.elasticvision.runtime.doctor;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import org.elasticvision.runtime.doctor.checkup.Finding;
import org.elasticvision.runtime.doctor.checkup.Health;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FindingJsonTest {
    @Test
    void theKeysAreAlwaysTheSame() {
        assertThat(FindingJson.toJson(
                        List.of(Finding.ok("A"), Finding.broken("B", "why").withVersion("1"))))
                .hasToString(
                        "[{\"name\":\"A\",\"status\":\"ok\",\"version\":null,\"detail\":null,\"remedy\":null},"
                                + "{\"name\":\"B\",\"status\":\"broken\",\"version\":\"1\",\"detail\":\"why\",\"remedy\":null}]");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        List<Finding> findings = List.of(
                new Finding("A", Health.ABSENT, Optional.of("1.2"), Optional.of("ä"), Optional.of("do \"this\"")),
                Finding.ok("B"));
        String text = FindingJson.toJson(findings).toString();
        assertThat(FindingJson.fromJson(JsonParser.parseString(text).getAsJsonArray()))
                .isEqualTo(findings);
    }
}
