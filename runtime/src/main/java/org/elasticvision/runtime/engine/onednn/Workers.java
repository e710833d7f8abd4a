package org.elasticvision.runtime.engine.onednn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.elasticvision.runtime.base.Uninterrupted;

/**
 * Threads that compute for all engines of a process. Each leads a team of OpenMP's threads, itself among them, so that callers' threads
 * keep their own settings of OpenMP. All teams together have no more threads than there are processors: with more, GNU's OpenMP puts its
 * threads to sleep at each step of a network, and a process with two engines runs both at half of their speed. Who finds all teams at
 * work waits, in the order of arrival. Safe for use by any number of threads.
 */
final class Workers {
    private static final Workers SHARED = new Workers(Runtime.getRuntime().availableProcessors());

    private final int processors;
    private final Deque<Object> waiting = new ArrayDeque<>(); // guarded by this
    private final Deque<Worker> idle = new ArrayDeque<>(); // the one that waits longest first; guarded by this
    private int inTeams; // threads of all teams; guarded by this
    private int engines; // guarded by this
    private int started; // guarded by this

    /** @param processors how many threads all teams may have */
    Workers(int processors) {
        this.processors = processors;
    }

    /** {@return those of this process} */
    static Workers shared() {
        return SHARED;
    }

    /** Notes an engine that will use them. */
    synchronized void open() {
        engines++;
    }

    /** Notes that an engine uses them no more. With the last one the threads end, and are waited for. */
    void close() {
        endAll().forEach(Uninterrupted::join);
    }

    private synchronized List<Worker> endAll() {
        engines--;
        if (engines > 0) {
            return List.of();
        }
        List<Worker> ended = List.copyOf(idle);
        idle.clear();
        ended.forEach(this::end);
        return ended;
    }

    /**
     * Runs a job on a worker, and waits for it, interrupted or not: what it works with is in use until then.
     *
     * @param threads of the team that the worker leads; one is the worker alone, and of these there may be any number
     * @param job what it does; what it throws is thrown
     */
    void run(int threads, Runnable job) {
        Worker worker = take(threads);
        try {
            worker.run(job);
        } finally {
            putBack(worker);
        }
    }

    private synchronized Worker take(int threads) {
        if (threads == 1) {
            Worker known = idleWith(1);
            return known == null ? start(1) : known;
        }
        Object ticket = new Object();
        waiting.add(ticket);
        boolean interrupted = false;
        try {
            Worker worker = team(ticket, threads);
            while (worker == null) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                worker = team(ticket, threads);
            }
            return worker;
        } finally { // also where the system has no more threads
            waiting.remove(ticket);
            notifyAll(); // there may be another team for the next
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** {@return one with a team of this size, or null where others are at work, or came before} */
    private Worker team(Object ticket, int threads) {
        if (waiting.peek() != ticket) {
            return null;
        }
        Worker known = idleWith(threads);
        if (known != null) {
            return known;
        }
        Iterator<Worker> others = idle.iterator();
        while (inTeams + threads > processors && others.hasNext()) {
            Worker other = others.next();
            if (other.threads > 1) {
                others.remove();
                end(other);
            }
        }
        return inTeams == 0 || inTeams + threads <= processors ? start(threads) : null;
    }

    private Worker idleWith(int threads) {
        for (Iterator<Worker> all = idle.descendingIterator(); all.hasNext(); ) {
            Worker one = all.next();
            if (one.threads == threads) {
                all.remove();
                return one;
            }
        }
        return null;
    }

    private Worker start(int threads) {
        Worker made = new Worker(threads, "onednn-" + started++);
        made.start();
        inTeams += threads > 1 ? threads : 0;
        return made;
    }

    private void end(Worker worker) {
        inTeams -= worker.threads > 1 ? worker.threads : 0;
        worker.end();
    }

    private synchronized void putBack(Worker worker) {
        if (engines == 0) {
            end(worker);
        } else {
            idle.add(worker);
        }
        notifyAll();
    }

    private static final class Worker extends Thread {
        private static final FutureTask<Void> END = new FutureTask<>(() -> null);

        private final BlockingQueue<FutureTask<Void>> jobs = new LinkedBlockingQueue<>();
        private final int threads;

        Worker(int threads, String name) {
            super(name);
            this.threads = threads;
            setDaemon(true);
        }

        void run(Runnable job) {
            FutureTask<Void> task = new FutureTask<>(job, null);
            jobs.add(task);
            Uninterrupted.result(task);
        }

        void end() {
            jobs.add(END);
        }

        @Override
        public void run() {
            for (FutureTask<Void> job = next(); job != END; job = next()) {
                job.run();
            }
        }

        private FutureTask<Void> next() {
            while (true) {
                try {
                    return jobs.take();
                } catch (InterruptedException e) {
                    // nobody may end it but the workers' close
                }
            }
        }
    }
}
