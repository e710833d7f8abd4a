import java.io.File;
import java.io.IOException;
import java.util.List;
import org.elasticvision.runtime.cli.ElasticCommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes manual pages in AsciiDoc, one for {@code elastic} and one for each of its commands, into two folders below the one that is named:
 * {@code full} with all commands on the class path and {@code runtime} with those of the runtime alone.
 */
public final class ManPages {
    private ManPages() {}

    public static void main(String[] arguments) throws IOException {
        CommandSpec full = ElasticCommandLine.create().getCommandSpec();
        CommandSpec runtime = ElasticCommandLine.create().getCommandSpec();
        for (String name : List.copyOf(runtime.subcommands().keySet())) {
            String type = runtime.subcommands().get(name).getCommand().getClass().getName();
            if (!type.startsWith("org.elasticvision.runtime.") && !type.startsWith("picocli.")) {
                runtime.removeSubcommand(name);
            }
        }
        write(new File(arguments[0], "full"), full);
        write(new File(arguments[0], "runtime"), runtime);
    }

    private static void write(File folder, CommandSpec elastic) throws IOException {
        int problems = ManPageGenerator.generateManPage(folder, null, new boolean[0], true, elastic);
        if (problems != 0) {
            throw new IOException("no manual pages in " + folder);
        }
    }
}
