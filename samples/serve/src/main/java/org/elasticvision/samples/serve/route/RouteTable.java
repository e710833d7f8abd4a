package org.elasticvision.samples.serve.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a path: where several fit, the one whose template has the most characters besides names. Thread-safe. */
public final class RouteTable {
    private record Entry(Route route, Route.Match match) {}

    private final List<Entry> entries = new ArrayList<>();

    public RouteTable(List<Route> routes) {
        routes.stream()
                .sorted(Comparator.comparingInt((Route route) ->
                                route.template().replaceAll("\\{[a-z]+}", "").length())
                        .reversed())
                .forEach(route -> entries.add(new Entry(route, route.match())));
    }

    /** A route and what a path has in place of its names. */
    public record Found(Route route, Map<String, String> path) {}

    /** {@return the route of a path; empty where there is none} */
    public Optional<Found> find(String path) {
        for (Entry entry : entries) {
            Optional<Map<String, String>> parts = entry.match().of(path);
            if (parts.isPresent()) {
                return Optional.of(new Found(entry.route(), parts.get()));
            }
        }
        return Optional.empty();
    }

    /** {@return all routes} */
    public List<Route> routes() {
        return entries.stream().map(Entry::route).toList();
    }
}
