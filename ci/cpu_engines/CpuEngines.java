import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.elasticvision.convert.onnx.OnnxModel;
import org.elasticvision.convert.onnx.Opset;
import org.elasticvision.convert.onnx.pass.Passes;
import org.elasticvision.convert.quantize.Quantization;
import org.elasticvision.convert.quantize.QuantizationOptions;
import org.elasticvision.convert.quantize.calibration.Calibration;
import org.elasticvision.convert.quantize.qdq.Int8Target;
import org.elasticvision.convert.zoo.Architecture;
import org.elasticvision.runtime.base.ModelException;
import org.elasticvision.runtime.engine.EngineOptions;
import org.elasticvision.runtime.engine.InferencePrecision;
import org.elasticvision.runtime.engine.Provider;
import org.elasticvision.runtime.image.ImageSource;
import org.elasticvision.runtime.model.ModelInfo;
import org.elasticvision.runtime.model.Task;

/**
 * Milliseconds an image of several networks in the engines for CPUs, by turns: {@code CpuEngines THREADS BLOCKS FOLDER PYTHON SCRIPT
 * NETWORK…}. What the weights are makes no difference to the speed. With the system property {@code table} the rows by which
 * {@code --provider auto} goes are written into that file, and OpenVINO is left out.
 */
final class CpuEngines {
    private static final String SEGMENTATION = "seg:";
    private static final int RUNS_PER_BLOCK = 5;
    private static final int WARM_UP = 12;

    /** What is compared with what, and what the ratio is called. */
    private static final List<String[]> RATIOS = List.of(
            new String[] {"oneDNN bf16", "OpenVINO"},
            new String[] {"oneDNN int8", "OpenVINO int8"},
            new String[] {"oneDNN int8", "ORT int8"},
            new String[] {"oneDNN fp32", "ORT fp32"},
            new String[] {"oneDNN fp32", "OpenVINO fp32"},
            new String[] {"oneDNN fp32", "OpenVINO"});

    private final int threads;
    private final int blocks;
    private final Path folder;
    private final String python;
    private final Path script;
    private final Map<String, List<Double>> ratios = new TreeMap<>();
    private final Optional<TableRows> table =
            Optional.ofNullable(System.getProperty("table")).map(Path::of).map(TableRows::new);

    private CpuEngines(String[] arguments) {
        threads = Integer.parseInt(arguments[0]);
        blocks = Integer.parseInt(arguments[1]);
        folder = Path.of(arguments[2]);
        python = arguments[3];
        script = Path.of(arguments[4]);
    }

    public static void main(String[] arguments) throws IOException {
        CpuEngines engines = new CpuEngines(arguments);
        for (String name : Arrays.asList(arguments).subList(5, arguments.length)) {
            engines.measure(name);
        }
        engines.printMeans();
        if (engines.table.isPresent()) {
            engines.table.get().write();
        }
    }

    private void measure(String name) throws IOException {
        Path fp32 = folder.resolve("model.onnx");
        Path int8 = folder.resolve("model.int8.onnx");
        write(name, fp32);
        quantize(fp32, int8);
        Map<String, Contestant> all = new LinkedHashMap<>();
        try {
            EngineOptions options = new EngineOptions(threads).withProvider(Provider.CPU);
            EngineOptions oneDnn = options.withProvider(Provider.ONEDNN);
            all.put("ORT fp32", new Ours(fp32, options));
            all.put("ORT int8", new Ours(int8, options));
            all.put("oneDNN fp32", new Ours(fp32, oneDnn));
            if (table.isEmpty()) {
                all.put("oneDNN int8", new Ours(int8, oneDnn.withPrecision(InferencePrecision.AUTO)));
            }
            try {
                all.put("oneDNN bf16", new Ours(fp32, oneDnn.withPrecision(InferencePrecision.BF16)));
            } catch (ModelException e) {
                System.out.println("  without oneDNN bf16: " + e.getMessage());
            }
            if (table.isPresent()) {
                Path fp16 = folder.resolve("model.fp16.onnx");
                writeHalf(fp32, fp16);
                all.put("oneDNN int8", new Ours(int8, oneDnn)); // what is not in 8 bits in float32, as by default
                all.put("ORT fp16", new Ours(fp16, options));
                all.put("oneDNN fp16", new Ours(fp16, oneDnn));
            } else {
                all.put("OpenVINO", peer(fp32, "default"));
                all.put("OpenVINO fp32", peer(fp32, "fp32"));
                all.put("OpenVINO int8", peer(fp32, "int8"));
            }
            Map<String, double[]> times = run(all);
            print(name, times);
            table.ifPresent(rows -> rows.add(name, times));
        } finally {
            all.values().forEach(Contestant::close);
        }
    }

    private Contestant peer(Path model, String kind) throws IOException {
        return new Peer(python, script, model, threads, kind, folder.resolve("peer-" + kind + ".log"));
    }

    private Map<String, double[]> run(Map<String, Contestant> all) throws IOException {
        Map<String, double[]> times = new LinkedHashMap<>();
        for (Map.Entry<String, Contestant> one : all.entrySet()) {
            one.getValue().block(WARM_UP);
            times.put(one.getKey(), new double[blocks]);
        }
        for (int block = 0; block < blocks; block++) {
            for (Map.Entry<String, Contestant> one : all.entrySet()) {
                one.getValue().block(1); // others had the caches
                times.get(one.getKey())[block] = one.getValue().block(RUNS_PER_BLOCK);
            }
        }
        return times;
    }

    private void print(String name, Map<String, double[]> times) {
        System.out.println(name);
        times.forEach((contestant, all) -> {
            double[] sorted = all.clone();
            Arrays.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "  %-14s %8.1f ms   (best %.1f)%n",
                    contestant,
                    sorted[sorted.length / 2],
                    sorted[0]);
        });
        for (String[] pair : RATIOS) {
            if (times.containsKey(pair[0]) && times.containsKey(pair[1])) {
                double[] ratio = new double[blocks];
                for (int block = 0; block < blocks; block++) {
                    ratio[block] = times.get(pair[1])[block] / times.get(pair[0])[block];
                }
                Arrays.sort(ratio);
                String label = pair[0] + " / " + pair[1];
                System.out.printf(Locale.ROOT, "  %-30s %.2f times%n", label, ratio[blocks / 2]);
                ratios.computeIfAbsent(label, one -> new ArrayList<>()).add(ratio[blocks / 2]);
            }
        }
    }

    private void printMeans() {
        System.out.println("geometric mean, and the least");
        ratios.forEach((label, all) -> System.out.printf(
                Locale.ROOT,
                "  %-30s %.2f times, least %.2f%n",
                label,
                Math.exp(all.stream().mapToDouble(Math::log).average().orElseThrow()),
                all.stream().mapToDouble(Double::doubleValue).min().orElseThrow()));
    }

    private static void write(String name, Path file) {
        if (name.startsWith(SEGMENTATION)) {
            UntrainedModel.write(
                    Architecture.of(name.substring(SEGMENTATION.length())), Task.SEGMENTATION, 21, 513, file);
        } else {
            UntrainedModel.write(Architecture.of(name), 224, file);
        }
    }

    private static void writeHalf(Path single, Path half) throws IOException {
        Files.deleteIfExists(half);
        OnnxModel model = OnnxModel.read(single);
        ModelInfo info = ModelInfo.fromMetadata(single.toString(), model.metadata());
        new OnnxModel(
                        Passes.FP16.run(model.graph()),
                        Opset.DEFAULT,
                        info.withPrecision("fp16").toMetadata())
                .write(half);
    }

    private void quantize(Path single, Path quantized) throws IOException {
        Files.deleteIfExists(quantized);
        Quantization quantization = Quantization.of(single);
        Calibration calibration = quantization.calibrate(pictures(), picture -> {});
        quantization.write(quantized, calibration, QuantizationOptions.of(Int8Target.CPU));
    }

    private List<ImageSource> pictures() throws IOException {
        List<ImageSource> pictures = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 2; i++) {
            BufferedImage image = new BufferedImage(320, 280, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            for (int shape = 0; shape < 50; shape++) {
                graphics.setColor(new Color(random.nextInt(0x1000000)));
                graphics.fillOval(random.nextInt(320) - 40, random.nextInt(280) - 40, random.nextInt(160), 80);
            }
            graphics.dispose();
            Path file = folder.resolve("picture" + i + ".png");
            ImageIO.write(image, "png", file.toFile());
            pictures.add(ImageSource.of(file));
        }
        return pictures;
    }
}
