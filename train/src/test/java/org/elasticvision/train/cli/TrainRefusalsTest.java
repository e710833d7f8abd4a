package org.elasticvision.train.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.elasticvision.train.shapes.ShapesDataset;
import org.elasticvision.train.shapes.ShapesOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code train} cannot do is said in one line, before the work. */
class TrainRefusalsTest {
    private static final String ARCH = "--arch=resnext_tiny_elastic";

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private final Commands elastic = new Commands();

    @BeforeAll
    static void draw() {
        ShapesDataset.write(shared.resolve("shapes"), new ShapesOptions(48, 12, 48, 1));
    }

    private String data() {
        return shared.resolve("shapes").toString();
    }

    @Test
    void saysWhatIsWrongInOneLine() {
        elastic.refuses(2, "give DATA, or --resume DIR", "train");
        elastic.refuses(1, "does not exist", "train", folder.resolve("none").toString(), ARCH, "--input-size=48");
        elastic.refuses(2, "--input-size", "train", data(), ARCH);
        elastic.refuses(2, "--device tpu is not known", "train", data(), ARCH, "--input-size=48", "--device=tpu");
        elastic.refuses(
                2, "--precision fp16 trains on a GPU", "train", data(), ARCH, "--input-size=48", "--precision=fp16");
        elastic.refuses(2, "--batch 10 must be a multiple", "train", data(), ARCH, "--batch=10", "--accumulate=4");
        elastic.refuses(1, "--batch", "train", data(), ARCH, "--input-size=48", "-o", folder + "/big");
        elastic.refuses(
                2, "--entry says where in --init-from", "train", data(), ARCH, "--input-size=48", "--entry=ema");
        elastic.refuses(
                2, "--sync-bn gives all processes the same", "train", data(), ARCH, "--average-bn", "--sync-bn");
        elastic.refuses(
                2, "--sync-bn shares BatchNorm's statistics", "train", data(), ARCH, "--freeze-bn", "--sync-bn");
        elastic.refuses(2, "--momentum is of SGD", "train", data(), ARCH, "--optimizer=adamw", "--momentum=0.9");
        elastic.refuses(2, "'adam' is not one of sgd, adamw", "train", data(), ARCH, "--optimizer=adam");
        elastic.refuses(2, "--decay-at", "train", data(), ARCH, "--epochs=5", "--decay-at=9");
        elastic.refuses(
                2,
                "nothing: does not exist",
                "train",
                "--resume",
                folder.resolve("nothing").toString());
        elastic.refuses(2, "there is no checkpoint in it to resume from", "train", "--resume", data());
        elastic.refuses(
                1,
                "does not exist",
                "train",
                data(),
                ARCH,
                "--input-size=48",
                "--batch=16",
                "--init-from=none.pth",
                "-o",
                folder + "/other");
        assertThat(folder).as("a failed start leaves nothing behind").isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--epochs=5 --decay-at=9         | --decay-at 9 is not inside the run of 5 epochs: the rate can fall after epochs 1 to 4",
                "--epochs=1 --decay-at=1         | --decay-at 1 is not inside the run of 1 epoch; leave it out",
                "--epochs=5 --decay-at=3,3       | --decay-at 3 comes after 3: give epochs in order, each once",
                "--epochs=0                      | --epochs 0 must be at least 1",
                "--lr=0                          | --lr 0.0 must be above 0",
                "--momentum=2                    | --momentum 2.0 must be at least 0 and below 1",
                "--weight-decay=-1               | --weight-decay -1.0 must be at least 0",
                "--epochs=2 --warmup=9           | --warmup 9.0 must be from 0 to the epochs",
                "--label-smoothing=2             | --label-smoothing 2.0 must be at least 0 and below 1",
                "--val-split=1.5                 | --val-split 1.5 must be above 0 and below 1",
                "--flip=3                        | --flip is 3.0; it must be between 0 and 1",
                "--crop-area=0                   | --crop-area is 0.0; it must be above 0",
                "--random-erasing=2              | --random-erasing is 2.0; it must be between 0 and 1",
                "--randaugment=9                 | --randaugment takes the number of operations and their magnitude, such as 2,9, or none",
                "--randaugment=none,9            | --randaugment takes the number of operations and their magnitude",
                "--randaugment nine              | 'nine' is not the number of operations and their magnitude, such as 2,9, or none",
                "--randaugment=0,9               | --randaugment OPS 0 must be between 1 and 14",
                "--randaugment=2,31              | --randaugment MAGNITUDE 31 must be between 0 and 30",
                "--mixup=-1                      | --mixup is -1.0; it must be between 0 and 1000",
                "--cutmix=1e4                    | --cutmix is 10000.0; it must be between 0 and 1000",
                "--workers=0                     | --workers 0 must be at least 1",
                "--threads=0                     | --threads 0 must be at least 1",
                "--input-size=1x1                | input size 1x1 must be between 8x8",
                "--qat --qat-epochs=0            | --qat-epochs 0 must be at least 1",
                "--qat --qat-lr=0                | --qat-lr 0.0 must be above 0",
                "--qat --qat-target=gpu          | 'gpu' is not one of cpu, tensorrt",
                "--qat --qat-weights=six-bits    | 'six-bits' is not a form of weights",
                "--qat-weights=full              | --qat-weights is for quantization-aware training: give --qat too",
                "--no-qat --qat-epochs=2         | --qat-epochs would do nothing: --no-qat leaves quantization-aware training out",
                "--qat --nproc=2                 | --qat runs in one process, and this run has 2 ranks; train without it",
                "--patience=0                    | --patience 0 must be at least 1",
                "--freeze=bn1,layer9             | --freeze layer9 must be a stage of the network: conv1, bn1, layer1, layer2",
                "--finetune                      | --finetune starts from weights: give --init-from CHECKPOINT too",
                "--task=multilabel --class-weights=balanced | --class-weights is for classification: an image of a label set",
                "--scale=1,2                     | --scale is for segmentation, and this is classification; leave it out",
                "--no-augment --crop-area=0.5    | --crop-area would do nothing: --no-augment takes images as they are",
                "--task=multilabel --label-smoothing=0.1 | --label-smoothing is for classification and segmentation",
                "--task=segmentation --random-erasing=1  | --random-erasing is for classification and multilabel",
                "--task=segmentation --randaugment=2,9   | --randaugment is for classification and multilabel",
                "--task=segmentation --mixup=0.2         | --mixup is for classification and multilabel, and this is segmentation",
                "--task=segmentation --cutmix=1          | --cutmix is for classification and multilabel, and this is segmentation",
                "--task=segmentation --crop-area=0.5     | --crop-area is for classification and multilabel"
            })
    void wrongOptionsAreWrongUsage(String options, String message) {
        List<String> words = new ArrayList<>(List.of("train", data(), ARCH, "-o", folder + "/run"));
        words.addAll(List.of(options.split(" ", -1)));
        elastic.refuses(2, message, words.toArray(String[]::new));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void outputsAreCheckedBeforeTheWork() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        List<String> train = List.of("train", data(), ARCH, "--input-size=48", "--epochs=1", "--batch=16");
        BiConsumer<String, List<String>> refused = (message, more) -> {
            List<String> words = new ArrayList<>(train);
            words.addAll(more);
            assertThat(elastic.run(words.toArray(String[]::new))).isNotZero();
            assertThat(elastic.err()).contains(message);
            assertThat(elastic.out()).isEmpty();
        };
        String run = folder + "/run";
        refused.accept("is a file, not a folder", List.of("-o", file + "/run"));
        refused.accept("is a file, not a folder", List.of("-o", run, "--export=" + file + "/model.onnx"));
        refused.accept("is a folder; give the name of a file", List.of("-o", run, "--export=" + folder));
        refused.accept(
                "is the run's last checkpoint itself", List.of("-o", run, "--export=" + run + "/checkpoint.pth.tar"));
        String weights = "--export-safetensors=" + run;
        refused.accept("is the run's model itself; name another file", List.of("-o", run, weights + "/model.onnx"));
        refused.accept("is a file of the run itself", List.of("-o", run, weights + "/report.html"));
        refused.accept("is the run's model; name", List.of("-o", run, "--tensorboard-dir=" + run + "/model.onnx"));
        refused.accept(
                "is written as a file by --export",
                List.of("-o", run, "--export=" + run + "/a", "--tensorboard-dir=" + run + "/a"));
        refused.accept(
                "whose folders are the classes: its pictures would be one too; give a folder elsewhere",
                List.of("-o", data() + "/train/run"));
        assertThat(Path.of(data(), "train", "run")).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**/run");
    }
}
