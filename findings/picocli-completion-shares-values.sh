#!/usr/bin/env bash
# picocli: options of one command whose parameters have the same name share the values that a shell completes
#
# Good guess: AutoComplete's script completes each option with the values that it was given (completionCandidates, or the constants of its enum).
# Seen:       the script keeps them in a shell variable named after the parameter (paramLabel), so that of two options with a parameter NAME
#             both are completed with the values of the one that comes last: --format with those of --level, and nothing for its own.
# Matters:    a parameter called NAME, FILE or N stands at many options of a command; the script offers what the command refuses.
# Versions:   info.picocli:picocli 4.7.7. Needs a JDK, Maven and bash.
# Way round:  give the options parameters of different names before the script is written; a copy of the command will do.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact=info.picocli:picocli:4.7.7 -DoutputDirectory="$scratch"
cat >"$scratch/Show.java" <<'JAVA'
import java.util.Arrays;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

public class Show {
    public static void main(String[] labels) {
        CommandSpec show = CommandSpec.create()
                .addOption(option("--format", labels[0], "text", "json"))
                .addOption(option("--level", labels[1], "low", "high"));
        CommandSpec root = CommandSpec.create().addSubcommand("show", show);
        System.out.print(AutoComplete.bash("tool", new CommandLine(root)));
    }

    private static OptionSpec option(String name, String label, String... values) {
        List<String> candidates = Arrays.asList(values);
        return OptionSpec.builder(name).type(String.class).paramLabel(label).completionCandidates(candidates).build();
    }
}
JAVA
offers() { # SCRIPT BEGUN: what stands behind 'tool show --format' after the Tab key
    bash -c 'source "$1"; COMP_WORDS=(tool show --format "$2"); COMP_CWORD=3; COMP_LINE="tool show --format $2"; COMP_POINT=${#COMP_LINE}
        _complete_tool 2>/dev/null; echo "${COMPREPLY[@]}"' bash "$1" "$2"
}
java -cp "$scratch/picocli-4.7.7.jar" "$scratch/Show.java" NAME NAME >"$scratch/shared"
java -cp "$scratch/picocli-4.7.7.jar" "$scratch/Show.java" FORMAT LEVEL >"$scratch/own"
echo "picocli 4.7.7, $(java -version 2>&1 | head -n 1), bash $BASH_VERSION"
echo "parameters of one name:     --format j offers '$(offers "$scratch/shared" j)', --format l offers '$(offers "$scratch/shared" l)'"
echo "parameters of other names:  --format j offers '$(offers "$scratch/own" j)', --format l offers '$(offers "$scratch/own" l)'"
[ "$(offers "$scratch/shared" j)" = "" ] && [ "$(offers "$scratch/shared" l)" = low ] || { echo "changed: the values are no longer shared"; exit 1; }
[ "$(offers "$scratch/own" j)" = json ] && [ "$(offers "$scratch/own" l)" = "" ] || { echo "changed: not completed with other names"; exit 1; }
echo "As described."
