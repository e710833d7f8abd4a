import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Attacks a server on this machine: {@code ServeAttack PORT PID MODEL PICTURE CHECK…}. Prints a line per check, and ends with exit code 1 at the first that
 * fails.
 */
final class ServeAttack {
    private ServeAttack() {}

    public static void main(String[] arguments) throws Exception {
        Target target = new Target(
                Integer.parseInt(arguments[0]),
                Long.parseLong(arguments[1]),
                "/v1/models/" + arguments[2] + ":predict",
                Files.readAllBytes(Path.of(arguments[3])));
        try {
            for (int i = 4; i < arguments.length; i++) {
                run(target, arguments[i]);
            }
            System.exit(0);
        } catch (Target.Failed e) {
            System.out.println("serve-attack: FAILED: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Target target, String check) throws Exception {
        switch (check) {
            case "paths" -> Malformed.paths(target);
            case "methods" -> Malformed.methods(target);
            case "headers" -> Malformed.headers(target);
            case "slow" -> Slow.drips(target);
            case "endless" -> Slow.endless(target);
            case "idle" -> Crowd.idle(target);
            case "overload" -> Pressure.overload(target);
            case "leaving" -> Pressure.leaving(target);
            case "isolated" -> Isolated.killed(target);
            case "drain" -> Pressure.drain(target);
            default -> Crowd.tooMany(target, Integer.parseInt(check));
        }
    }
}
