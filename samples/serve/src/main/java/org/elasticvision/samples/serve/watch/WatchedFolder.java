package org.elasticvision.samples.serve.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.elasticvision.runtime.base.ElasticVisionException;
import org.elasticvision.samples.serve.model.FileStamp;
import org.elasticvision.samples.serve.model.ModelNames;
import org.elasticvision.samples.serve.model.ServedModel;
import org.elasticvision.samples.serve.queue.ServedModels;

/**
 * A folder whose model files are served, each under its name without the ending. A file that is new, or is another one than before,
 * is opened beside what is served, and takes its place when it has answered; one that cannot be opened leaves what is served as it
 * is, with one line. A file is opened when two looks in a row have seen the same, as one that grows is still being copied; a model is
 * removed when two looks in a row have not seen its file.
 *
 * <p>It looks instead of being told, as file systems of other machines tell nothing. {@link #openAll} and {@link #look} are called by
 * one thread at a time.
 */
public final class WatchedFolder implements AutoCloseable {
    private record Loaded(Path file, FileStamp stamp) {}

    private final Path folder;
    private final BiFunction<String, Path, ServedModel> opening;
    private final Set<String> taken;
    private final Consumer<String> lines;
    private final Map<String, Loaded> loaded = new LinkedHashMap<>();
    private final Map<Path, FileStamp> refused = new HashMap<>();
    private Map<Path, FileStamp> before = Map.of();
    private boolean readable = true;
    private volatile Thread thread;

    /**
     * A folder that has not been looked at yet.
     *
     * @param opening opens a file under a name, and has it answer once; throws where it cannot
     * @param taken names of models that are not from this folder
     * @param lines receives a line for each model that comes, goes, or cannot be opened
     */
    public WatchedFolder(
            Path folder, BiFunction<String, Path, ServedModel> opening, Set<String> taken, Consumer<String> lines) {
        this.folder = folder;
        this.opening = opening;
        this.taken = Set.copyOf(taken);
        this.lines = lines;
    }

    /**
     * Opens what is there at the start.
     *
     * @return the models, which become the caller's
     * @throws ElasticVisionException where the folder cannot be read
     */
    public List<ServedModel> openAll() {
        try {
            before = FileStamp.ofModels(folder);
        } catch (IOException e) {
            throw new ElasticVisionException(folder + " cannot be read; give a folder with models to --watch", e);
        }
        List<ServedModel> models = new ArrayList<>();
        names(before).forEach((name, file) -> {
            ServedModel model = open(name, file, before.get(file));
            if (model != null) {
                models.add(model);
            }
        });
        return models;
    }

    /** Looks at the folder from now on, on a thread of its own, until {@link #close}. */
    public void watch(ServedModels models, Duration pause) {
        thread = new Thread(
                () -> {
                    while (thread != null) {
                        try {
                            Thread.sleep(pause.toMillis());
                        } catch (InterruptedException e) {
                            return;
                        }
                        look(models);
                    }
                },
                "watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** Looks once. */
    void look(ServedModels models) {
        Map<Path, FileStamp> now;
        try {
            now = FileStamp.ofModels(folder);
            readable = true;
        } catch (IOException e) { // not there for the moment, perhaps; it may also be a file that has just gone
            if (readable) {
                lines.accept(folder + " cannot be read (" + e + "); its models stay as they are");
            }
            readable = false;
            return;
        }
        Map<String, Path> names = names(now);
        names.forEach((name, file) -> {
            FileStamp stamp = now.get(file);
            if (stamp.equals(before.get(file)) && !new Loaded(file, stamp).equals(loaded.get(name))) {
                ServedModel model = open(name, file, stamp);
                if (model != null) {
                    int version = models.put(model);
                    lines.accept(name + ": " + (version == 1 ? "added" : "replaced, now version " + version));
                }
            }
        });
        for (String name : List.copyOf(loaded.keySet())) {
            if (!names.containsKey(name) && !names(before).containsKey(name)) {
                loaded.remove(name);
                models.remove(name);
                lines.accept(name + ": removed");
            }
        }
        refused.keySet().retainAll(now.keySet());
        before = now;
    }

    /** The model of a file, which is what the name stands for from now on; null where it cannot be opened or is changing. */
    private ServedModel open(String name, Path file, FileStamp stamp) {
        if (stamp.equals(refused.get(file))) {
            return null; // said already
        }
        try {
            ServedModel model = opening.apply(name, file);
            if (!stamp.equals(FileStamp.of(file))) { // half of it may be of another file
                model.close();
                return null;
            }
            loaded.put(name, new Loaded(file, stamp));
            return model;
        } catch (IOException e) {
            return null; // it has gone meanwhile
        } catch (RuntimeException e) {
            refused.put(file, stamp);
            lines.accept(e.getMessage() + (loaded.containsKey(name) ? "; the model before it stays" : ""));
            return null;
        }
    }

    private Map<String, Path> names(Map<Path, FileStamp> files) {
        Map<String, Path> names = new TreeMap<>();
        List<Path> newLast = new ArrayList<>(files.keySet());
        newLast.sort(Comparator.comparing(file -> !isLoaded(file)));
        for (Path file : newLast) {
            String name = ModelNames.of(file);
            if (taken.contains(name) || names.putIfAbsent(name, file) != null) {
                FileStamp stamp = files.get(file);
                if (!stamp.equals(refused.put(file, stamp))) {
                    lines.accept(file + ": there is a model '" + name + "' already; give the file another name");
                }
            }
        }
        return names;
    }

    private boolean isLoaded(Path file) {
        Loaded known = loaded.get(ModelNames.of(file));
        return known != null && known.file().equals(file);
    }

    @Override
    public void close() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }
}
