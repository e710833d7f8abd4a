package org.elasticvision.runtime.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.ServiceLoader;
import org.elasticvision.runtime.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code elastic} command: finds the subcommands on the class path and turns exceptions into one line and an exit code. */
@Command(
        name = "elastic",
        description = "Trains, converts and runs ELASTIC networks.",
        versionProvider = Elastic.VersionText.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = "%nExit codes: 0 done, 1 failed, 2 wrong usage. 'elastic COMMAND --help' says more.")
public final class Elastic implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of an error too.")
    private boolean verbose;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Builds the command with all subcommands; tests set its writers and call {@code execute}. */
    public static CommandLine commandLine() {
        Elastic root = new Elastic();
        CommandLine commandLine = new CommandLine(root);
        ServiceLoader.load(ElasticCommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(ElasticCommand::order))
                .forEach(commandLine::addSubcommand);
        commandLine.getSubcommands().values().forEach(sub -> sub.getCommandSpec()
                .mixinStandardHelpOptions(true));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler(
                (exception, failed, parse) -> Failures.report(exception, failed.getErr(), root.verbose));
        commandLine.setParameterExceptionHandler((exception, args) -> {
            CommandLine failed = exception.getCommandLine();
            PrintWriter err = failed.getErr();
            err.println("elastic: " + Failures.firstLine(exception.getMessage()) + " ('"
                    + failed.getCommandSpec().qualifiedName() + " --help' shows the usage)");
            return CommandLine.ExitCode.USAGE;
        });
        return commandLine;
    }

    /** Without a subcommand: the help. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** What {@code --version} prints. */
    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"elastic " + Version.current()};
        }
    }
}
