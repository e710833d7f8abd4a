package org.elasticvision.samples.serve.route;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticvision.samples.serve.body.BodyForm;

/**
 * A path that is served.
 *
 * @param template such as {@code /v1/models/{name}:predict}, as OpenAPI writes it: each name in braces stands for one or more
 *     characters other than a slash
 * @param method {@code GET}, which is for HEAD too, or {@code POST}
 * @param open whether it needs no token where the server wants one
 * @param endpoint what answers; null for one with a body
 * @param upload what answers requests with a body, and the form that the body has; null for one without
 */
public record Route(String template, String method, boolean open, Endpoint endpoint, Upload upload) {
    /** Where a template has the name of a model. */
    public static final String MODEL = "name";

    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

    /** What answers requests with a body of a form. */
    public record Upload(BodyForm form, UploadEndpoint endpoint) {}

    public static Route get(String template, Endpoint endpoint) {
        return new Route(template, "GET", false, endpoint, null);
    }

    /** One that needs no token. */
    public static Route open(String template, Endpoint endpoint) {
        return new Route(template, "GET", true, endpoint, null);
    }

    public static Route post(String template, BodyForm form, UploadEndpoint endpoint) {
        return new Route(template, "POST", false, null, new Upload(form, endpoint));
    }

    /** {@return whether requests with a method are for it} */
    public boolean takes(String requested) {
        return requested.equals(method) || (requested.equals("HEAD") && method.equals("GET"));
    }

    /** {@return the methods that it takes, as the header {@code Allow} lists them} */
    public String allow() {
        return method.equals("GET") ? "GET, HEAD" : method;
    }

    /** A function from a path to what it has in place of each name; empty where it is another's path. */
    interface Match {
        Optional<Map<String, String>> of(String path);
    }

    /** {@return the paths that are this route's} */
    Match match() {
        Matcher names = NAME.matcher(template);
        StringBuilder expression = new StringBuilder();
        Map<String, Integer> groups = new LinkedHashMap<>();
        int end = 0;
        while (names.find()) {
            expression
                    .append(Pattern.quote(template.substring(end, names.start())))
                    .append("([^/]+)");
            groups.put(names.group(1), groups.size() + 1);
            end = names.end();
        }
        Pattern pattern = Pattern.compile(
                expression.append(Pattern.quote(template.substring(end))).toString());
        return path -> {
            Matcher matcher = pattern.matcher(path);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            Map<String, String> parts = new LinkedHashMap<>();
            groups.forEach((name, group) -> parts.put(name, matcher.group(group)));
            return Optional.of(parts);
        };
    }
}
