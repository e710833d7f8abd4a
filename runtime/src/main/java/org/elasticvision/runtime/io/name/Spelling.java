package org.elasticvision.runtime.io.name;

import java.util.Collection;
import java.util.List;

/** What somebody may have meant who has mistyped or cut short a word. Stateless. */
public final class Spelling {
    private static final int MOST = 5;

    private Spelling() {}

    /**
     * {@return the end of a message about a word that is not known: what may have been meant; empty where nothing is near}
     *
     * @param word that was typed
     * @param known words
     */
    public static String meant(String word, Collection<String> known) {
        List<String> words = nearest(word, known);
        return words.isEmpty()
                ? ""
                : "; did you mean " + String.join(" or ", words.subList(0, Math.min(MOST, words.size()))) + "?";
    }

    /** {@return those of the known words that are nearest, if any is near; a word that goes on is as near as one that ends} */
    public static List<String> nearest(String word, Collection<String> known) {
        int best = known.stream().mapToInt(other -> distance(word, other)).min().orElse(Integer.MAX_VALUE);
        int letters = (int) word.chars().filter(Character::isLetterOrDigit).count();
        return best > Math.max(1, (letters + 1) / 3)
                ? List.of()
                : known.stream().filter(other -> distance(word, other) == best).toList();
    }

    /** How many letters must be changed, added or left out to make the word the beginning of the other one. */
    private static int distance(String word, String other) {
        int[] above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= word.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = above[j - 1] + (word.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        int least = Integer.MAX_VALUE;
        for (int distance : above) {
            least = Math.min(least, distance);
        }
        return least;
    }
}
