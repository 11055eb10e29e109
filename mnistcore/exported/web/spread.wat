;; What one place of a layer's input adds to one place of its output: for each input that is not 0,
;; its value times its row of weights. Sixteen outputs at a time, in four vectors of four.
(module
  (memory (export "memory") 1)
  (func (export "spread")
    (param $values i32) (param $inputs i32)   ;; float32 each, and how many
    (param $weights i32)                      ;; a row of $outputs float32 for each input
    (param $sums i32) (param $outputs i32)    ;; added to; a multiple of 16
    (local $chunk i32) (local $input i32) (local $row i32) (local $value f32) (local $times v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (loop $chunks
      (local.set $a (v128.load (local.get $sums)))
      (local.set $b (v128.load offset=16 (local.get $sums)))
      (local.set $c (v128.load offset=32 (local.get $sums)))
      (local.set $d (v128.load offset=48 (local.get $sums)))
      (local.set $input (i32.const 0))
      (local.set $row (local.get $weights))
      (loop $all
        (local.set $value
          (f32.load (i32.add (local.get $values) (i32.shl (local.get $input) (i32.const 2)))))
        (if (f32.ne (local.get $value) (f32.const 0))
          (then
            (local.set $times (f32x4.splat (local.get $value)))
            (local.set $a (f32x4.add (local.get $a)
              (f32x4.mul (local.get $times) (v128.load (local.get $row)))))
            (local.set $b (f32x4.add (local.get $b)
              (f32x4.mul (local.get $times) (v128.load offset=16 (local.get $row)))))
            (local.set $c (f32x4.add (local.get $c)
              (f32x4.mul (local.get $times) (v128.load offset=32 (local.get $row)))))
            (local.set $d (f32x4.add (local.get $d)
              (f32x4.mul (local.get $times) (v128.load offset=48 (local.get $row)))))))
        (local.set $row
          (i32.add (local.get $row) (i32.shl (local.get $outputs) (i32.const 2))))
        (local.set $input (i32.add (local.get $input) (i32.const 1)))
        (br_if $all (i32.lt_u (local.get $input) (local.get $inputs))))
      (v128.store (local.get $sums) (local.get $a))
      (v128.store offset=16 (local.get $sums) (local.get $b))
      (v128.store offset=32 (local.get $sums) (local.get $c))
      (v128.store offset=48 (local.get $sums) (local.get $d))
      (local.set $sums (i32.add (local.get $sums) (i32.const 64)))
      (local.set $weights (i32.add (local.get $weights) (i32.const 64)))
      (local.set $chunk (i32.add (local.get $chunk) (i32.const 16)))
      (br_if $chunks (i32.lt_u (local.get $chunk) (local.get $outputs))))))
