package org.elasticvision.train.check.listing;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.elasticvision.train.check.finding.FindingKind;
import org.elasticvision.train.check.finding.Findings;

/** Names that differ in case, or in how accents are written, only. */
final class CaseNames {
    private CaseNames() {}

    static void find(Collection<String> names, Findings findings) {
        Map<String, List<String>> groups = new TreeMap<>();
        for (String name : names) {
            String folded = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            groups.computeIfAbsent(folded, none -> new ArrayList<>()).add(name);
        }
        groups.values().stream()
                .filter(group -> group.size() > 1)
                .map(group ->
                        group.stream().sorted().map(name -> "'" + name + "'").collect(Collectors.joining(" and ")))
                .forEach(group -> findings.add(FindingKind.NAMES_DIFFER_IN_CASE, group, ""));
    }
}
